import "./app/language";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { applyDensity, Density } from "@cloudscape-design/global-styles";
import "@cloudscape-design/global-styles/index.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/strip.css";
import { App } from "./app/App";
import { applyTheme, storedTheme } from "./app/theme";
import { createQueryClient } from "./ipc/queryClient";

applyDensity(Density.Compact);
applyTheme(storedTheme());

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App queries={createQueryClient()} />
    </StrictMode>,
  );
}
