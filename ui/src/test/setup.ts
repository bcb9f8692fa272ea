import "@testing-library/jest-dom/vitest";
import { afterEach } from "vitest";
import { cleanup, configure } from "@testing-library/react";
import { clearMocks } from "@tauri-apps/api/mocks";

// A page is loaded on its first visit, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 60_000 });

// jsdom has no layout and no canvas: what the pages ask of them is answered with "nothing is measured".
window.matchMedia = (query) => ({
  matches: query.includes("min-width"),
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
});
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
globalThis.Path2D ??= class {
  moveTo() {}
  lineTo() {}
  rect() {}
  arc() {}
  closePath() {}
  bezierCurveTo() {}
} as unknown as typeof Path2D;
const context = new Proxy({}, { get: () => () => ({ width: 0 }), set: () => true });
HTMLCanvasElement.prototype.getContext = (() => context) as unknown as HTMLCanvasElement["getContext"];
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView ??= () => undefined;
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

afterEach(() => {
  cleanup();
  clearMocks();
  window.localStorage.clear();
  delete window.__WAYBILL_SETTINGS__;
  window.location.hash = "";
});
