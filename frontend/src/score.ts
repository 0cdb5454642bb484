/** A score 0-10 in one tap. */

import { LitElement, css, html, type PropertyValues } from "lit";
import { define } from "./define";
import { number, t } from "./strings";
import { theme } from "./style";

export type ScoreKind = "pain" | "effort" | "confidence" | "share";

export class PhtScore extends LitElement {
  static override properties = {
    label: {},
    value: { type: Number },
    max: { type: Number },
    kind: { reflect: true },
    scale: { type: Number },
  };
  declare label: string;
  declare value: number | null;
  declare max: number;
  declare kind: ScoreKind;
  /** What one step counts, e.g. 10 per cent. */
  declare scale: number;

  constructor() {
    super();
    this.label = "";
    this.value = null;
    this.max = 10;
    this.kind = "pain";
    this.scale = 1;
  }

  /** Tapping the chosen score again takes it back: "not reported" is not 0. */
  private choose(value: number, focus = false): void {
    this.value = value === this.value && !focus ? null : value;
    this.dispatchEvent(new CustomEvent("score", { detail: this.value }));
    if (focus) void this.updateComplete.then(() => this.button(value)?.focus());
  }

  private button(value: number): HTMLElement | null {
    return this.renderRoot.querySelector(`[data-score="${value}"]`);
  }

  private key(event: KeyboardEvent): void {
    const rtl = getComputedStyle(this).direction === "rtl";
    const steps: Record<string, number> = {
      ArrowRight: rtl ? -1 : 1,
      ArrowLeft: rtl ? 1 : -1,
      ArrowUp: 1,
      ArrowDown: -1,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from =
      this.value === null ? (step > 0 ? -1 : 1) : Math.round(this.value / this.scale);
    this.choose(this.scale * Math.min(this.max, Math.max(0, from + step)), true);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("value")) this.toggleAttribute("given", this.value !== null);
  }

  override render() {
    const { scale } = this;
    const shown = this.value === null ? -1 : this.value / scale;
    const half = !Number.isInteger(shown);
    return html`<div role="radiogroup" aria-label=${this.label} @keydown=${this.key}>
        ${Array.from(
          { length: this.max + 1 },
          (_, score) => html`<button
            type="button"
            role="radio"
            data-score=${score * scale}
            aria-checked=${score === shown}
            tabindex=${score === Math.max(0, Math.floor(shown)) ? 0 : -1}
            style="--share:${(100 * score) / this.max}%"
            @click=${() => this.choose(score * scale)}
          >
            ${score * scale}
          </button>`,
        )}
      </div>
      ${half ? html`<p class="small">${number(shown * scale)}</p>` : ""}
      <div class="ends small quiet" aria-hidden="true">
        <span>0 ${t(`least_${this.kind}`)}</span><span>${this.max * scale} ${t(`most_${this.kind}`)}</span>
      </div>`;
  }

  static override styles = [
    theme,
    css`
      div[role] {
        display: grid;
        grid-template-columns: repeat(6, minmax(44px, 1fr));
        gap: 6px;
      }
      button {
        --hue: color-mix(in oklab, var(--bad) var(--share), var(--ok));
        border-radius: 12px;
        padding: 0;
        min-height: 48px;
        font-weight: 500;
        background: color-mix(in srgb, var(--hue) 20%, transparent);
        border: 2px solid transparent;
      }
      button[aria-checked="true"] {
        border-color: var(--tx);
        background: color-mix(in srgb, var(--hue) 55%, var(--bg));
      }
      :host(:is([kind="confidence"], [kind="share"])) button {
        --hue: var(--acc);
      }
      .ends {
        display: flex;
        justify-content: space-between;
        margin-top: 4px;
      }
    `,
  ];
}

define("pht-rehab-score", PhtScore);
