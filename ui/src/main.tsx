import "./app/language";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@cloudscape-design/global-styles/index.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/strip.css";
import { App } from "./app/App";
import { applySettings, firstSettings } from "./app/settings/settings";
import { createQueryClient } from "./ipc/queryClient";

applySettings(firstSettings());

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App queries={createQueryClient()} />
    </StrictMode>,
  );
}
