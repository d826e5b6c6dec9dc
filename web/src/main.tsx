// Starts the page.
import { render } from "preact";
import { App } from "./app";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/controls.css";
import "./styles/cards.css";
import "./styles/comparison.css";
import "./styles/review.css";
import "./styles/film.css";
import "./styles/sheet.css";
import "./styles/dialogs.css";

const root = document.getElementById("app");
if (root) render(<App />, root);
