"""The cells of a notebook with every widget of the course, in every state that looks different."""

EVERY_WIDGET = (
    (
        "from lessons import accounts, charts, check_form, checker, class_view, exercise, guess, judge, marker, my_work, open_case, place_map, portfolio, reader, rewrite, show, side_by_side, sorter, timeline\n"
        # The board of accounts waits for the exercise that shows A2 first, rewriting F13 for one, too.
        "from lessons.widgets.keeping import work\nfrom lessons.work import Answer\n"
        "for n in ('EX2-06', 'EX4-01'): work().keep(Answer(f'a-{n}', 'danang-2017', n, 'choose-one', 'x', '2026-11-25T07:00:00.000Z'))\n"
        "danang = open_case('danang-2017')\ndanang"
    ),
    "r = reader(danang, selected='F7')\nr",
    "reader(danang, voices_shown=False)",
    "reader(danang, layer='statement')",
    "strip = show(charts.voice_strip(danang), pick='passage_id')\nstrip",
    "show(charts.word_shares(danang))",
    "show(charts.claim_kinds_chart(danang))",
    "show(charts.deeds_chart(danang))",
    "t = timeline(danang, picked='hamburg-2017')\nt",
    "j = judge(danang, 'sentences')\nj.answers = {'SA01': '3', 'SA16': '1'}\nj",
    "judge(danang, 'differences')",
    "s = side_by_side(danang)\ns.answers = {'F1': 'partly', 'A2': 'partly'}\ns.at = 'F1'\ns",
    "side_by_side(danang, order='printed')",
    "place_map(danang, picked='Amman')",
    "check_form(danang, 'before')",
    "my_work()",
    "from lessons import contents\ncontents()",
    "checker(danang, 'F3.2')",
    "accounts(danang)",
    "exercise(danang, 'EX2-01')",
    "g = guess(danang, 'GU-deeds', charts.deeds_chart(danang))\ng._take([Answer('g', 'danang-2017', g.item, 'guess', 'Syria', '2026-11-25T08:00:00.000Z')])\ng",
    "e = exercise(danang, 'EX2-04')\ne",
    "exercise(danang, 'EX3-01')",
    "exercise(danang, 'EX1-03')",
    "exercise(danang, 'EX2-03')",
    "from lessons.analysis.two_readings import readings_agreement\nshow(charts.agreement_chart(readings_agreement(danang)))",
    "from lessons.analysis.check_answers import check_answers\nfrom lessons.analysis.discernment import discernment\nanswers = check_answers(check_form(danang, 'before').table, danang.check_items)\nshow(charts.discernment_chart(discernment(answers)))",
    "show(charts.course_chart(my_work().table))",
    "q = sorter(danang)\nq",
    "sorter(danang, ['F1.3', 'S1.1'])",
    "marker(danang, 'techniques', ['A1', 'S1'])",
    "marker(danang, 'techniques', help='alone')",
    "rewrite(danang, 'S6')",
    "w = rewrite(danang, 'F13')\nw._take([Answer('w', 'danang-2017', w.item, 'rewrite', 'Lendman says the US loots Syria, and this must stop.', '2026-11-25T08:00:00.000Z')])\nw",
    "portfolio(danang)",
    "class_view(danang, 'no hand-ins')",
)
