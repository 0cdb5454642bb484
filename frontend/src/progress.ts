/** The weeks behind: pain and morning test over the load, the tests side by side, and the log. */

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import "./chart";
import { describe } from "./chart";
import { define } from "./define";
import { programme } from "./programme";
import { fieldName, showEntry, showReport } from "./sheets";
import { day, number, t } from "./strings";
import { theme } from "./style";
import type { Locale, LogEntry, ReadModel } from "./types";
import { weeklyCourse } from "./weekly";

const LOG_DAYS = 14;
const FIGURES = [
  "pain",
  "pain_during",
  "pain_after",
  "effort",
  "value",
  "total",
  "visa_h_total",
];
const AMOUNTS = ["minutes", "distance"];

export class PhtProgress extends LitElement {
  static override properties = {
    model: { attribute: false },
    worded: { attribute: false },
    chosen: { state: true },
    entries: { state: true },
  };
  declare model: ReadModel | undefined;
  /** What the words shown are of: with another all has to be written anew. */
  declare worded: Locale | undefined;
  declare chosen: number | null;
  declare entries: LogEntry[];
  private asked: unknown;

  constructor() {
    super();
    this.chosen = null;
    this.entries = [];
  }

  /** The log is fetched anew whenever the programme has changed. */
  protected override updated(): void {
    if (!this.model || this.asked === this.model) return;
    this.asked = this.model;
    const days = this.model.trend;
    const first = days[Math.max(0, days.length - LOG_DAYS)]?.date ?? this.model.today;
    const chosen = this.chosen === null ? undefined : days[this.chosen]?.date;
    void this.fetch(chosen && chosen < first ? chosen : first);
  }

  private async fetch(start: string): Promise<void> {
    if (!this.model?.control) return;
    try {
      this.entries = await programme(this.model.entry_id).log(start, this.model.today);
    } catch {
      this.entries = [];
    }
  }

  private choose(index: number): void {
    const days = this.model?.trend ?? [];
    this.chosen = index;
    const date = days[this.chosen]?.date;
    if (date && !this.entries.some((entry) => entry.date <= date)) void this.fetch(date);
  }

  override render() {
    const { model } = this;
    if (!model) return nothing;
    return html`<div class="stack">
      <pht-rehab-chart
        .model=${model}
        .worded=${this.worded}
        .chosen=${this.chosen}
        @choose=${(event: CustomEvent<number>) => this.choose(event.detail)}
      ></pht-rehab-chart>
      ${this.chosenDay(model)}
      ${model.adherence === null
        ? nothing
        : html`<p class="small">${t("adherence", { share: model.adherence })}</p>`}
      ${this.patterns(model)} ${weeklyCourse(model)} ${this.sides(model)}
      ${model.control
        ? html`<button type="button" class="ghost" @click=${() => showReport(model.entry_id)}>
              ${t("report")}
            </button>
            ${this.log(model)}`
        : nothing}
    </div>`;
  }

  private chosenDay(model: ReadModel): TemplateResult | typeof nothing {
    const one = this.chosen === null ? undefined : model.trend[this.chosen];
    if (!one) return html`<p class="small quiet">${t("chart_help")}</p>`;
    const reasons = this.entries
      .filter((entry) => entry.date === one.date && !entry.voided)
      .flatMap((entry) => entry.reasons ?? []);
    return html`<div class="banner" role="status">
      <p>${describe(one)}</p>
      ${one.changes?.map((why) => html`<p class="small">${why}</p>`)}
      ${reasons.map((why) => html`<p class="small">${why.text}</p>`)}
    </div>`;
  }

  private patterns(model: ReadModel): TemplateResult | typeof nothing {
    if (!model.patterns.length) return nothing;
    return html`<div class="stack tight">
      <h3>${t("patterns")}</h3>
      ${model.patterns.map((one) => html`<p class="small">${one.text}</p>`)}
      <p class="small quiet">${t("patterns_help")}</p>
    </div>`;
  }

  private sides(model: ReadModel): TemplateResult | typeof nothing {
    const compared = model.tests.filter(
      (test) => test.sided && test.last?.value != null && test.last.other_side != null,
    );
    if (!compared.length || model.side === "both") return nothing;
    const { side } = model;
    const other = side === "left" ? "right" : "left";
    return html`<div class="stack">
      <h3>${t("sides")}</h3>
      ${compared.map((test) => {
        const { value, other_side: others, symmetry } = test.last!;
        const most = Math.max(value!, others!, 1);
        const bar = (side: "left" | "right", reached: number): TemplateResult => html`<div
          class="bar"
        >
          <span class="small">${t(`side_${side}`)}</span>
          <span class="track"><i style="width:${(100 * reached) / most}%"></i></span>
          <span class="small">${number(reached)}</span>
        </div>`;
        return html`<div>
          <p class="small">${test.name} · ${day(test.last!.date, "short")}</p>
          ${bar(side, value!)} ${bar(other, others!)}
          <p class="small quiet">${t("symmetry", { share: symmetry! })}</p>
        </div>`;
      })}
    </div>`;
  }

  private log(model: ReadModel): TemplateResult {
    const shown = this.entries
      .filter((entry) => !entry.voided && entry.kind !== "void" && entry.kind !== "rules")
      .toReversed();
    return html`<div class="stack tight">
      <h3>${t("log")}</h3>
      ${shown.map((entry) => this.entry(model, entry))}
    </div>`;
  }

  private entry(model: ReadModel, entry: LogEntry): TemplateResult {
    const scores = FIGURES.flatMap((name) => {
      const value = entry[name];
      return typeof value === "number" ? [`${fieldName(entry, name)} ${number(value)}`] : [];
    });
    const amounts = AMOUNTS.flatMap((name) => {
      const value = entry[name];
      return typeof value === "number" ? [`${number(value)} ${t(`field_${name}`)}`] : [];
    });
    const step = entry.kind === "run" && entry["dose_step"];
    const told = [
      typeof step === "string" ? t("step", { step }) : "",
      ...amounts,
      ...scores,
      entry.response ? t(`response_${entry.response}`) : "",
    ]
      .filter(Boolean)
      .join(" · ");
    const fixed = ["set_up", "options", "protocol", "side"].includes(entry.kind);
    const text = html`<span class="when small quiet">${day(entry.date, "short")}</span>
      <span class="what"
        ><strong>${t(`entry_${entry.kind}`)}</strong> <span class="small"
          >${entry.name ?? ""} ${told}</span
        >
        ${entry.note ? html`<span class="small quiet">${entry.note}</span>` : nothing}</span
      >`;
    if (fixed) return html`<div class="entry">${text}</div>`;
    return html`<button
      type="button"
      class="entry"
      @click=${() => showEntry(model.entry_id, entry)}
    >
      ${text}
    </button>`;
  }

  static override styles = [
    theme,
    css`
      .tight {
        gap: 2px;
      }
      .weekly {
        width: 100%;
        height: auto;
      }
      .weekly line {
        stroke: var(--ln);
      }
      .weekly text {
        font-size: 10px;
        fill: var(--tx2);
      }
      .weekly polyline {
        fill: none;
        stroke: var(--acc);
        stroke-width: 2;
      }
      .weekly circle {
        fill: var(--acc);
      }
      .bar {
        display: grid;
        grid-template-columns: 5em 1fr 3em;
        gap: 8px;
        align-items: center;
      }
      .track {
        height: 10px;
        border-radius: 5px;
        background: var(--ln);
        overflow: hidden;
      }
      .track i {
        display: block;
        height: 100%;
        background: var(--acc);
      }
      .entry {
        display: flex;
        gap: 12px;
        align-items: baseline;
        text-align: start;
        width: 100%;
        border-radius: 8px;
        padding: 8px 4px;
        min-height: 44px;
      }
      .when {
        flex: none;
        width: 7.75em;
      }
      .what {
        min-width: 0;
        overflow-wrap: anywhere;
        display: grid;
      }
    `,
  ];
}

define("pht-rehab-progress", PhtProgress);
