// What a class does first in every lesson: Run, Run All Cells. Two things went wrong with it.
// What is run while the kernel is only starting is cleared and never run, or JupyterLab asks for a
// kernel that is on its way (jupyterlab issue 8490, still open): on slow wifi that is half a class.
// And the page goes to its last cell, so whoever wants to begin has to scroll back through it all.
// This small extension lets the command wait for the kernel, and goes back to where somebody was.
// Written by hand, as it is loaded: a module federation container with one plugin.
{
  const RUN_ALL = "notebook:run-all-cells";
  const STARTING = ["initializing", "connecting", "starting", "restarting", "autorestarting"];
  let shared = {};

  const isStarting = (session) => {
    const status = session.kernelDisplayStatus;
    return STARTING.includes(status) || (status === "unknown" && Boolean(session.session?.kernel));
  };

  /** Promise that the kernel of a notebook is not starting any more. */
  const started = ({ sessionContext }) =>
    new Promise((resolve) => {
      const look = () => {
        if (isStarting(sessionContext)) return;
        sessionContext.statusChanged.disconnect(look);
        resolve();
      };
      sessionContext.statusChanged.connect(look);
      look();
    });

  const runAll = (run, { content }) => {
    const { activeCellIndex } = content;
    const result = run();
    content.activeCellIndex = activeCellIndex;
    void content.scrollToItem(activeCellIndex, "auto");
    return result;
  };

  const activate = ({ commands }, tracker) => {
    const waiting = new Map();
    const execute = commands.execute.bind(commands);
    commands.execute = (id, args) => {
      const panel = tracker.currentWidget;
      if (id !== RUN_ALL || !panel) return execute(id, args);
      const run = () => runAll(() => execute(id, args), panel);
      if (!isStarting(panel.sessionContext)) return run();
      // Who presses twice meanwhile wants it once.
      if (!waiting.has(panel)) {
        const later = started(panel).then(() => !panel.isDisposed && run());
        waiting.set(panel, later.finally(() => waiting.delete(panel)));
      }
      return waiting.get(panel);
    };
  };

  (globalThis._JUPYTERLAB ??= {})["two-voices-running"] = {
    init: (scope) => void (shared = scope),
    get: async () => {
      const [notebook] = Object.values(shared["@jupyterlab/notebook"]);
      const { INotebookTracker } = (await notebook.get())();
      const id = "two-voices-running:plugin";
      const plugin = { id, autoStart: true, requires: [INotebookTracker], activate };
      return () => ({ __esModule: true, default: plugin });
    },
  };
}
