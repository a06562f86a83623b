// When a page is loaded again, JupyterLab waits two seconds for a widget's model, and does not look
// a last time (jupyter-widgets 8.1, ManagerBase.get_model): a model that comes in that very moment
// is there, yet its place says "model not found" for good. On a slow computer all widgets of a
// lesson may be lost so. This small extension of JupyterLab looks a last time.
// Written by hand, as it is loaded: a module federation container with one plugin.
{
  const MANAGERS = "@jupyter-widgets/base-manager";
  let shared = {};

  const lookOnceMore = ({ prototype }) => {
    const find = prototype.get_model;
    prototype.get_model = async function (id) {
      try {
        return await find.call(this, id);
      } catch (error) {
        if (!this.has_model(id)) throw error;
        return find.call(this, id);
      }
    };
  };

  const activate = async () => {
    for (const version of Object.values(shared[MANAGERS] ?? {})) {
      const load = await version.get();
      lookOnceMore(load().ManagerBase);
    }
  };

  (globalThis._JUPYTERLAB ??= {})["two-voices-patience"] = {
    init: (scope) => void (shared = scope),
    get: async () => () => ({
      __esModule: true,
      default: { id: "two-voices-patience:plugin", autoStart: true, activate },
    }),
  };
}
