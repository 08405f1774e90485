import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
// Before the pages, whose own styles build on these.
import "./ui/theme.css";
import "./ui/ui.css";
import { App } from "./App";
import { readTheme, showTheme } from "./features/settings/theme";

showTheme(readTheme());

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App fetchIt={(input, init) => window.fetch(input, init)} />
  </StrictMode>,
);
