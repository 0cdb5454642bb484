/** Shows an exercise's drawing; inlined, so that it takes the theme's colours and can be sought. */

import { define } from "./define";
import type { Phase } from "./playback";

const here = new URL(import.meta.url);
const loaded = new Map<string, Promise<string>>();

/** The drawing's own time: start to end, a hold, back, a rest; in seconds. */
const OUT = 3;
const HOLD = 1;

function fetched(name: string): Promise<string> {
  const url = new URL(`figures/${name}.svg${here.search}`, here).href;
  let found = loaded.get(url);
  if (!found) {
    found = fetch(url)
      .then((answer) => (answer.ok ? answer.text() : ""))
      .catch(() => {
        loaded.delete(url); // no connection now; it may come back
        return "";
      });
    loaded.set(url, found);
  }
  return found;
}

/** Fetch drawings before they are needed: a session may go on without a connection. */
export function preload(exercises: Iterable<string>): void {
  for (const exercise of exercises) void fetched(exercise);
}

export class PhtFigure extends HTMLElement {
  static observedAttributes = ["exercise", "still", "mirrored"];
  private drawing: SVGSVGElement | null = null;
  private time = OUT;

  connectedCallback(): void {
    this.setAttribute("aria-hidden", "true");
  }

  async attributeChangedCallback(): Promise<void> {
    const exercise = this.getAttribute("exercise");
    if (!exercise) return;
    const name = this.hasAttribute("still") ? `${exercise}.still` : exercise;
    const text = await fetched(name);
    if (this.getAttribute("exercise") !== exercise) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    const style = document.createElement("style");
    style.textContent = `:host{display:block}svg{display:block;width:100%;height:100%}
      :host([mirrored]) svg{transform:scaleX(-1)}`;
    root.replaceChildren(style);
    if (parsed.localName !== "svg") return;
    root.append(parsed);
    this.drawing = parsed as unknown as SVGSVGElement;
    this.drawing.pauseAnimations?.();
    this.seek(this.time);
  }

  private seek(time: number): void {
    this.time = time;
    this.drawing?.setCurrentTime?.(time);
  }

  /** Show a phase of the movement at a fraction of it, whatever tempo was prescribed. */
  show(phase: Phase, fraction: number): void {
    if (phase === "out") this.seek(OUT * fraction);
    else if (phase === "pause") this.seek(OUT + HOLD / 2);
    else this.seek(OUT + HOLD + OUT * fraction);
  }
}

define("pht-rehab-figure", PhtFigure);
