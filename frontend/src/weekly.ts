/** The weekly check: its form, what it came to, and its course over the weeks. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { define } from "./define";
import { Overlay } from "./overlay";
import { Sheet } from "./sheet";
import { day, number, plural, signed, t } from "./strings";
import type { Question, ReadModel, WeeklyScore } from "./types";

const PERCENT = 10; // of a score's ten steps
const WIDTH = 340;
const HEIGHT = 84;
const EDGE = 8;

class WeeklySheet extends Sheet {
  protected heading(): string {
    return t("weekly");
  }

  /** What has to be asked: not what the log gives by itself. */
  private asked(): Question[] {
    return this.model?.weekly_check.questions.filter((one) => one.computed === null) ?? [];
  }

  protected form(): TemplateResult {
    const { model, values } = this;
    if (!model) return html``;
    const asked = this.asked();
    const left = asked.filter((one) => values[one.name] === undefined).length;
    const known = model.weekly_check.questions.filter((one) => one.computed !== null);
    return html`<div class="stack form">
      <p class="small quiet">${t("weekly_help")}</p>
      ${asked.map((one) => this.question(one))}
      ${known.map(
        (one) => html`<p class="small quiet">
          ${t("weekly_known", { question: one.text, value: one.computed! })}
        </p>`,
      )}
      ${this.score("overall", t("weekly_overall"), "share", PERCENT)}
      <p class="small quiet" role="status">
        ${left ? plural("weekly_left", left) : nothing}
      </p>
      ${this.buttons(t("save"), left === 0, async () => {
        const { visa_h_total: _other, ...answers } = values;
        this.answer = await this.programme.act("log_weekly_check", answers);
      })}
      <details>
        <summary>${t("visa_h")}</summary>
        <div class="stack">
          <p class="small quiet">${t("visa_h_help")}</p>
          ${this.amount("visa_h_total", t("visa_h_total"))}
          <button
            type="button"
            class="ghost"
            ?disabled=${this.busy || values["visa_h_total"] === undefined}
            @click=${() => this.attempt(() => this.visaH())}
          >
            ${t("visa_h_save")}
          </button>
        </div>
      </details>
    </div>`;
  }

  private async visaH(): Promise<void> {
    const { visa_h_total } = this.values;
    this.answer = await this.programme.act("log_weekly_check", { visa_h_total });
  }

  private question(one: Question): TemplateResult {
    switch (one.form) {
      case "choice":
        return this.pick(one.name, one.text, one.choices);
      case "reps":
        return this.amount(one.name, one.text);
      case "share":
        return this.score(one.name, one.text, "share", PERCENT);
      case "confidence":
        return this.score(one.name, one.text, "confidence");
      case "pain":
        return this.score(one.name, one.text);
    }
  }

  protected override outcome(): TemplateResult {
    const { answer, model } = this;
    const told = answer?.weekly_check;
    return this.saved(told?.total != null && model ? figures(model, told) : nothing);
  }
}
define("pht-rehab-weekly", WeeklySheet);

export const showWeekly = (entryId: string): Overlay => Overlay.show("pht-rehab-weekly", entryId);

type Told = Pick<WeeklyScore, "change" | "noteworthy"> & { total: number | null };

/** The total and its change, as figures: neither is a success or a failure. */
function figures(model: ReadModel, told: Told): TemplateResult {
  return html`<p>${t("weekly_total", { total: told.total ?? "–" })}</p>
    ${told.change === null
      ? nothing
      : html`<p class="small">
          ${t("weekly_change", { change: signed(told.change) })}
          ${told.noteworthy
            ? html`<span class="quiet"
                >${t("weekly_noteworthy", { line: model.weekly_check.noteworthy })}</span
              >`
            : nothing}
        </p>`}`;
}

/** The weeks behind as a line, and the newest figures; a VISA-H beside it, never in it. */
export function weeklyCourse(model: ReadModel): TemplateResult | typeof nothing {
  const { scores, visa_h } = model.weekly_check;
  const last = scores.at(-1);
  const other = visa_h.at(-1);
  if (!last && !other && !model.control) return nothing;
  return html`<div class="stack tight">
    <h3>${t("weekly")}</h3>
    ${scores.length > 1 ? line(model, scores) : nothing}
    ${last
      ? html`<p class="small quiet">${day(last.date, "short")}</p>
          ${figures(model, last)}
          ${last.overall === null
            ? nothing
            : html`<p class="small">${t("weekly_share", { share: last.overall })}</p>`}`
      : nothing}
    ${other
      ? html`<p class="small">
          ${t("visa_h_last", { total: other.total, day: day(other.date, "short") })}
        </p>`
      : nothing}
    ${model.control
      ? html`<button type="button" class="ghost" @click=${() => showWeekly(model.entry_id)}>
          ${t("weekly_fill_in")}
        </button>`
      : nothing}
  </div>`;
}

function line(model: ReadModel, scores: WeeklyScore[]): TemplateResult {
  const dates = model.trend.map((one) => one.date);
  const wide = (WIDTH - 4 * EDGE) / Math.max(1, dates.length - 1);
  const x = (one: WeeklyScore): number => 3 * EDGE + wide * Math.max(0, dates.indexOf(one.date));
  const y = (total: number): number => EDGE + (HEIGHT - 2 * EDGE) * (1 - total / 100);
  const told = scores.map((one) => `${day(one.date, "short")} ${number(one.total)}`).join(", ");
  return html`<svg
    class="weekly"
    dir="ltr"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label=${told}
  >
    ${[0, 50, 100].map(
      (total) => svg`<line x1=${3 * EDGE} x2=${WIDTH} y1=${y(total)} y2=${y(total)}></line>
        <text x="0" y=${y(total) + 4}>${number(total)}</text>`,
    )}
    <polyline points=${scores.map((one) => `${x(one)},${y(one.total)}`).join(" ")}></polyline>
    ${scores.map((one) => svg`<circle cx=${x(one)} cy=${y(one.total)} r="3.5"></circle>`)}
  </svg>`;
}
