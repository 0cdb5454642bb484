/** A short form above the page: fields, a refusal that loses nothing, and what the answer changed. */

import { css, html, nothing, type TemplateResult } from "lit";
import "./figure";
import { Overlay } from "./overlay";
import type { Answer } from "./programme";
import "./score";
import type { ScoreKind } from "./score";
import { day, inFigures, t } from "./strings";
import type { Iso, OneSide, ReadModel } from "./types";

export interface Choice {
  value: number | string | boolean;
  text: string;
}

export type Values = Record<string, unknown>;

/**
 * What was told, one record a side: values named after a side are that side's, the others both's.
 * The values as they are where only one side is followed.
 */
export function bySide(values: Values, sides: OneSide[]): Values[] {
  if (!sides.length) return [values];
  return sides.map((side) => {
    const own = Object.entries(values).flatMap(([name, value]) => {
      const [, base, of] = /^(.*)_(left|right)$/.exec(name) ?? [];
      return base === undefined ? [[name, value]] : of === side ? [[base, value]] : [];
    });
    return { ...Object.fromEntries(own), side } as Values;
  });
}

/** The step of today; that of a light day is no step of the stage, and none was lost. */
export function doseStep({ kind, dose_step: step }: ReadModel): string {
  return kind === "light" ? t("light_step", { step }) : t("step", { step });
}

/** How an answer looks: green only where nothing was too much. */
export function tone(answer: Answer | undefined): "ok" | "" {
  return ["amber", "red", "stop"].includes(answer?.response ?? "") ? "" : "ok";
}

export abstract class Sheet extends Overlay {
  static override properties = { ...Overlay.properties, values: { state: true }, answer: { state: true } };
  declare values: Values;
  declare answer: Answer | undefined;
  /** Whether what is reported here is what the answer judges. */
  protected readonly judged: boolean = false;
  static override styles = [
    ...Overlay.styles,
    css`
      pht-rehab-figure {
        height: 150px;
      }
      a.ghost {
        display: grid;
        place-content: center;
        min-height: 44px;
        border-radius: 24px;
        color: inherit;
        text-decoration: none;
      }
      details > .stack {
        padding-top: 8px;
      }
      legend {
        padding: 0;
        margin-bottom: 6px;
      }
      .form {
        gap: 24px;
      }
      .choices {
        grid-template-columns: repeat(auto-fill, minmax(132px, 1fr));
      }
      .choices label {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 48px;
        padding: 6px 12px;
        border-radius: 12px;
        border: 2px solid transparent;
        background: color-mix(in srgb, var(--acc) 12%, transparent);
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      .choices label:has(:checked) {
        border-color: var(--tx);
        background: color-mix(in srgb, var(--acc) 34%, var(--bg));
      }
      .choices input {
        width: 20px;
        height: 20px;
        flex: none;
        margin: 0;
        accent-color: var(--acc);
      }
    `,
  ];

  constructor() {
    super();
    this.values = {};
  }

  protected set(name: string, value: unknown): void {
    this.values = { ...this.values, [name]: value };
  }

  protected score(
    name: string,
    label: string,
    kind: ScoreKind = name === "effort" ? "effort" : "pain",
    scale = 1,
  ): TemplateResult {
    return html`<fieldset>
      <legend>${label}</legend>
      <pht-rehab-score
        kind=${kind}
        .scale=${scale}
        .label=${label}
        .max=${this.model?.limits.score_max ?? 10}
        .value=${(this.values[name] as number | undefined) ?? null}
        @score=${(event: CustomEvent<number | null>) => this.set(name, event.detail ?? undefined)}
      ></pht-rehab-score>
    </fieldset>`;
  }

  /** The sides that are told of apart; none where only one is followed. */
  protected get sides(): OneSide[] {
    return this.model?.side === "both" ? ["left", "right"] : [];
  }

  /** A score, or of two sides one each: its name then ends in the side's. */
  protected scores(name: string, label: string): TemplateResult {
    if (!this.sides.length) return this.score(name, label);
    return html`${this.sides.map((side) =>
      this.score(`${name}_${side}`, `${label} · ${t(`side_${side}`)}`),
    )}`;
  }

  /** One of some answers, each as large as a thumb; none chosen, or taken back, is not told. */
  protected pick(name: string, label: string, choices: Choice[]): TemplateResult {
    return html`<fieldset class="choices">
      <legend>${label}</legend>
      ${choices.map(
        ({ value, text }) => html`<label
          ><input
            type="radio"
            name=${name}
            .checked=${this.values[name] === value}
            @click=${() => this.set(name, this.values[name] === value ? undefined : value)}
          />${text}</label
        >`,
      )}
    </fieldset>`;
  }

  protected amount(name: string, label: string): TemplateResult {
    return html`<label
      >${label}
      <input
        type="number"
        inputmode="decimal"
        min="0"
        step="any"
        .value=${String(this.values[name] ?? "")}
        @input=${(event: Event) => {
          const typed = (event.target as HTMLInputElement).valueAsNumber;
          this.set(name, Number.isNaN(typed) ? undefined : typed);
        }}
      />
    </label>`;
  }

  /** Yes, no, or not told: what nobody answered is no "no". */
  protected yesNo(name: string, label: string): TemplateResult {
    return this.pick(name, label, [
      { value: true, text: t("yes") },
      { value: false, text: t("no") },
    ]);
  }

  /** A box for what is not so unless it is ticked; see `yesNo` where a "no" has to be told. */
  protected flag(name: string, label: string): TemplateResult {
    return html`<label class="check"
      ><input
        type="checkbox"
        .checked=${this.values[name] === true}
        @change=${(event: Event) => this.set(name, (event.target as HTMLInputElement).checked)}
      />${label}</label
    >`;
  }

  /** A date, today's unless another is chosen; as old as something can be reported about. */
  protected date(name: string, label: string, usual?: Iso, oldest?: Iso): TemplateResult {
    const { limits, today = "" } = this.model ?? {};
    const chosen = String(this.values[name] ?? usual ?? today);
    // The browser writes a date in its own way, whatever is chosen in Home Assistant.
    return html`<label
      >${label}${inFigures() && chosen ? html` <span class="quiet">${day(chosen)}</span>` : nothing}
      <input
        type="date"
        min=${oldest ?? limits?.first_day ?? ""}
        max=${today}
        .value=${chosen}
        @change=${(event: Event) =>
          this.set(name, (event.target as HTMLInputElement).value || undefined)}
      />
    </label>`;
  }

  protected words(name: string, label: string, most: number | undefined): TemplateResult {
    return html`<label
      >${label}
      <textarea
        rows="3"
        maxlength=${most ?? nothing}
        .value=${String(this.values[name] ?? "")}
        @input=${(event: Event) => this.set(name, (event.target as HTMLTextAreaElement).value)}
      ></textarea>
    </label>`;
  }

  protected figure(exercise: string | null): TemplateResult | typeof nothing {
    if (!exercise) return nothing;
    return html`<pht-rehab-figure
      still
      exercise=${exercise}
      ?mirrored=${this.model?.worse_side === "left"}
    ></pht-rehab-figure>`;
  }

  protected buttons(label: string, ready: boolean, send: () => Promise<void>): TemplateResult {
    return html`<footer>
      <button type="button" class="ghost" @click=${() => this.close()}>${t("cancel")}</button>
      <button
        type="button"
        class="primary"
        ?disabled=${this.busy || !ready}
        @click=${() => this.attempt(send)}
      >
        ${label}
      </button>
    </footer>`;
  }

  /** What the answer changed, and why. */
  protected outcome(): TemplateResult {
    const { answer, model } = this;
    if (model?.kind === "locked") {
      return html`<div class="banner bad" role="alert">
          <h3>${t("locked")}</h3>
          ${model.emergency ? html`<p>${t("emergency")}</p>` : nothing}
          ${answer?.reasons.map((why) => html`<p>${why.text}</p>`)}
        </div>
        <footer>
          <button type="button" class="primary" @click=${() => this.close()}>${t("done")}</button>
        </footer>`;
    }
    return this.saved(html`${model?.dose_step
      ? html`<p>${model.stage_name} · ${doseStep(model)}</p>`
      : nothing}
    ${answer?.reasons.map((why) => html`<p>${why.text}</p>`)}`);
  }

  /** That it is stored, and what is said to this entry alone, with its source. */
  protected saved(
    more: TemplateResult | typeof nothing,
    heading = t("saved"),
  ): TemplateResult {
    return html`<div class="banner ${this.judged ? tone(this.answer) : "ok"}" role="status">
        <h3>${heading}</h3>
        ${(this.answer?.remarks ?? []).map(
          ({ text, source }) => html`<p>
            ${text}${source ? html` <span class="small quiet">${source}</span>` : nothing}
          </p>`,
        )}
        ${more}
      </div>
      <footer>
        <button type="button" class="primary" @click=${() => this.close()}>${t("done")}</button>
      </footer>`;
  }

  protected abstract form(): TemplateResult;

  protected content(): TemplateResult {
    return this.answer ? this.outcome() : this.form();
  }
}
