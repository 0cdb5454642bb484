/** The short forms: morning check, tests, symptoms, moving on, being cleared. */

import { html, nothing, type TemplateResult } from "lit";
import { define } from "./define";
import { Overlay } from "./overlay";
import { bySide, Sheet, type Values } from "./sheet";
import { day, t } from "./strings";
import type { LogEntry, MorningCheck, OneSide, Test } from "./types";

class MorningSheet extends Sheet {
  protected override readonly judged = true;

  protected heading(): string {
    return t("morning_check");
  }

  protected form(): TemplateResult {
    const check = this.model?.morning_check;
    if (!check) return html``;
    const runs = this.model?.noticed.map((run) => run.text) ?? [];
    const needed = this.model?.reasons.find(
      (why) => why.id === "report_needed" && !runs.includes(why.text),
    );
    const told = this.sides.length
      ? this.sides.some((side) => this.values[`pain_${side}`] !== undefined)
      : this.values["pain"] !== undefined;
    const checks = Object.values(this.model?.side_checks ?? {});
    const tests = [...new Map([check, ...checks].map((one) => [one.test, one])).values()];
    const after = [check, ...checks].find((one) => one.ask_pain_after)?.ask_pain_after;
    return html`<div class="stack">
      ${this.model?.noticed.map((run) => html`<p class="banner">${run.text}</p>`)}
      ${tests.map(
        (one) => html`${tests.length > 1 ? this.whose(one) : nothing}
          <p>${t("morning_do", { test: one.name })}</p>
          ${this.figure(one.figure)}
          <p class="small quiet">${one.how_to}</p>`,
      )}
      ${this.scores("pain", t("morning_pain"))}
      ${after ? this.scores("pain_after", t("pain_after", { day: day(after) })) : nothing}
      <details ?open=${needed !== undefined}>
        <summary>${t("more_details")}</summary>
        <div class="stack">
          ${needed ? html`<p class="small">${needed.text}</p>` : nothing}
          ${this.scores("rest_pain", t("rest_pain"))}
          ${this.amount("sitting_minutes", t("sitting_minutes"))}
          ${this.yesNo("night_waking", t("night_waking"))}
          ${this.flag("painkiller", t("painkiller"))}
        </div>
      </details>
      ${this.buttons(t("save"), told, () => this.save())}
    </div>`;
  }

  /** Whose test it is, where each side has its own. */
  private whose({ test }: MorningCheck): TemplateResult {
    const checks = this.model?.side_checks ?? {};
    const names = this.sides.filter((side) => checks[side]?.test === test);
    return html`<h3>${names.map((side) => t(`side_${side}`)).join(", ")}</h3>`;
  }

  private async save(): Promise<void> {
    for (const data of bySide(this.values, this.sides)) {
      if (data["pain"] === undefined) continue;
      this.answer = await this.programme.act("log_morning_check", data);
    }
  }
}
define("pht-rehab-morning", MorningSheet);

class TestSheet extends Sheet {
  static override properties = { ...Sheet.properties, test: { state: true } };
  declare test: Test | undefined;

  protected heading(): string {
    return this.test?.name ?? t("tests");
  }

  protected form(): TemplateResult {
    const { test, values } = this;
    if (!test) return this.list();
    const told = values["value"] !== undefined || values["pain"] !== undefined;
    const ready = told && (!this.sides.length || values["side"] !== undefined);
    return html`<div class="stack">
      ${this.figure(test.figure)}
      <p class="small quiet">${test.how_to}</p>
      ${test.unit ? this.amount("value", t(`test_${test.unit}`)) : nothing}
      ${test.unit && test.sided && !this.sides.length
        ? this.amount("other_side", t("other_side"))
        : nothing}
      ${this.sides.length
        ? this.pick(
            "side",
            t("which_side"),
            this.sides.map((side) => ({ value: side, text: t(`side_${side}`) })),
          )
        : nothing}
      ${this.score("pain", t("test_pain"))} ${this.flag("painkiller", t("painkiller"))}
      ${this.buttons(t("save"), ready, async () => {
        this.answer = await this.programme.act("log_test", { test: test.id, ...values });
      })}
    </div>`;
  }

  private list(): TemplateResult {
    const tests = (this.model?.tests ?? []).filter((test) => test.due || test.asked);
    tests.sort((one, other) => Number(other.due) - Number(one.due));
    return html`<div class="stack">
      <p class="quiet">${t("tests_help", { limit: this.model?.limits.calm_max ?? "" })}</p>
      ${tests.map((test) => this.choice(test))}
    </div>`;
  }

  private choice(test: Test): TemplateResult {
    const { last } = test;
    const result = last
      ? t("last_result", { day: day(last.date, "short"), value: last.value ?? "–" })
      : "";
    return html`<button type="button" class="ghost" @click=${() => (this.test = test)}>
      ${test.name}${test.due ? html` · ${t("due_today")}` : nothing}
      <span class="small quiet">${result}</span>
    </button>`;
  }
}
define("pht-rehab-tests", TestSheet);

class SymptomSheet extends Sheet {
  /** The questions that are due again; none where somebody came to report something. */
  due: string[] = [];

  protected heading(): string {
    return this.due.length ? t("ask_again") : t("feels_wrong");
  }

  private chosen(): string[] {
    return Object.keys(this.values).filter((name) => this.values[name]);
  }

  protected form(): TemplateResult {
    const { due } = this;
    const symptoms = (this.model?.symptoms ?? []).filter(
      (one) => !due.length || due.includes(one.id),
    );
    const chosen = symptoms.filter((one) => this.values[one.id]);
    return html`<div class="stack">
      <p>${t("symptoms_help")}</p>
      ${symptoms.map((one) => this.flag(one.id, one.text))}
      ${chosen.some((one) => one.emergency)
        ? html`<p class="banner bad" role="alert">${t("emergency")}</p>`
        : nothing}
      ${chosen.some((one) => one.withholds)
        ? html`<p class="banner warn">${t("will_hold")}</p>`
        : nothing}
      ${this.buttons(chosen.length ? t("send_report") : t("none_apply"), true, async () => {
        this.answer = await this.programme.act("report_symptoms", { symptoms: this.chosen() });
      })}
    </div>`;
  }
}
define("pht-rehab-symptoms", SymptomSheet);

class EventSheet extends Sheet {
  protected heading(): string {
    return t("event");
  }

  protected form(): TemplateResult {
    const events = this.model?.events ?? [];
    const chosen = events.find((one) => one.id === this.values["kind"]);
    const choices = events.map((one) => ({ value: one.id, text: one.name }));
    return html`<div class="stack">
      <p class="small quiet">${t("event_help")}</p>
      ${this.pick("kind", t("event_kind"), choices)}
      ${chosen?.withholds
        ? html`<p class="banner warn" role="status">${t("will_hold")}</p>`
        : nothing}
      ${this.amount("minutes", t("event_minutes"))} ${this.date("date", t("event_date"))}
      ${this.buttons(t("save"), chosen !== undefined, async () => {
        this.answer = await this.programme.act("log_event", this.values);
      })}
    </div>`;
  }

  /** Most events explain and change nothing: what decides today is enough. */
  protected override outcome(): TemplateResult {
    if (this.model?.kind === "locked") return super.outcome();
    const why = this.answer?.reasons[0];
    return this.saved(why ? html`<p>${why.text}</p>` : nothing);
  }
}
define("pht-rehab-event", EventSheet);

class ConfirmSheet extends Sheet {
  /** The side to move on, where it is not the one that governs. */
  side: OneSide | undefined;

  /** The stage moved on to: once it is confirmed, the next one is another. */
  private stage = "";

  override connectedCallback(): void {
    super.connectedCallback();
    this.stage = this.model?.next_stage_name ?? "";
  }

  protected heading(): string {
    if (this.side) return t("move_side_on", { side: t(`side_${this.side}`) });
    return t("move_on_to", { stage: this.stage });
  }

  protected form(): TemplateResult {
    const standing = this.side ? this.model?.sides[this.side] : this.model;
    return html`<div class="stack">
      <p>${t("move_on_help")}</p>
      <ul class="stack">
        ${standing?.criteria.map((line) => html`<li>${line.text}</li>`)}
      </ul>
      ${this.buttons(t("move_on"), standing?.ready ?? false, async () => {
        this.answer = await this.programme.act("progress", this.side ? { side: this.side } : {});
      })}
    </div>`;
  }
}
define("pht-rehab-confirm", ConfirmSheet);

class ResumeSheet extends Sheet {
  protected heading(): string {
    return t("resume_programme");
  }

  protected form(): TemplateResult {
    return html`<div class="stack">
      <p>${this.model?.clinical_pause ? t("resume_clinical") : t("resume_help")}</p>
      ${this.buttons(t("resume_programme"), true, async () => {
        this.answer = await this.programme.act("resume");
      })}
    </div>`;
  }
}
define("pht-rehab-resume", ResumeSheet);

class UnlockSheet extends Sheet {
  protected heading(): string {
    return t("unlock");
  }

  protected form(): TemplateResult {
    const reason = String(this.values["reason"] ?? "").trim();
    return html`<div class="stack">
      <p>${t("unlock_help")}</p>
      ${this.words("reason", t("unlock_reason"), this.model?.limits.text_max)}
      ${this.buttons(t("unlock"), reason !== "", async () => {
        this.answer = await this.programme.act("unlock", { reason });
      })}
    </div>`;
  }
}
define("pht-rehab-unlock", UnlockSheet);

function address(content: string, kind: "html" | "csv"): string {
  return URL.createObjectURL(new Blob([content], { type: `text/${kind};charset=utf-8` }));
}

/** What was told, without what was taken back. */
function told(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** One page for the clinician; the name is on it only if wanted. */
class ReportSheet extends Sheet {
  static override properties = { ...Sheet.properties, made: { state: true } };
  declare made: { page: string; table: string } | undefined;

  protected heading(): string {
    return t("report");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const address of Object.values(this.made ?? {})) URL.revokeObjectURL(address);
  }

  protected form(): TemplateResult {
    const { made } = this;
    if (made) {
      return html`<div class="stack">
        <a class="ghost" target="_blank" rel="noopener" href=${made.page}>${t("report_open")}</a>
        <a class="ghost" download="report.csv" href=${made.table}>${t("report_table")}</a>
      </div>`;
    }
    const { trend = [], today = "", limits } = this.model ?? {};
    const first = trend[0]?.date ?? today;
    return html`<div class="stack">
      <p>${t("report_help")}</p>
      ${this.date("start_date", t("report_from"), first, limits?.start)}
      ${this.date("end_date", t("report_to"), today, limits?.start)}
      ${this.flag("with_name", t("report_name"))}
      ${this.buttons(t("report_make"), true, () =>
        this.make({ start_date: first, end_date: today, ...told(this.values) }),
      )}
    </div>`;
  }

  private async make(wanted: Values): Promise<void> {
    const made = await this.programme.act<{ html: string; csv: string }>(
      "clinician_report",
      wanted,
    );
    this.made = { page: address(made.html, "html"), table: address(made.csv, "csv") };
  }
}
define("pht-rehab-report", ReportSheet);

/** What a figure of an entry is; a morning check tells of the day of the session before. */
export function fieldName({ kind }: LogEntry, name: string): string {
  return kind === "morning_check" && name === "pain_after"
    ? t("pain_after_session")
    : t(`field_${name}`);
}

/** Puts an entry right, or takes it back. */
class EntrySheet extends Sheet {
  static override properties = { ...Sheet.properties, entry: { state: true } };
  declare entry: LogEntry | undefined;

  protected heading(): string {
    return this.entry ? `${t(`entry_${this.entry.kind}`)}, ${day(this.entry.date)}` : "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.values = { ...this.entry };
  }

  /** Two steps, each remembered: a second try does not do the first again. */
  private async save(entry: LogEntry, names: string[]): Promise<void> {
    const changed = names.filter((name) => (this.values[name] ?? null) !== (entry[name] ?? null));
    if (changed.length) {
      const scores = Object.fromEntries(changed.map((name) => [name, this.values[name] ?? null]));
      const log_id = await this.programme.correct(entry.log_id, scores);
      this.entry = entry = { ...entry, ...scores, log_id };
    }
    const note = String(this.values["note"] ?? "");
    if (note !== (entry.note ?? "")) await this.programme.note(entry.log_id, note);
    this.close();
  }

  /** An answer as it was asked for. */
  private asked(entry: LogEntry, name: string): TemplateResult {
    if (name === "night_waking") return this.yesNo(name, t(name));
    if (name === "sitting_minutes") return this.amount(name, t(name));
    return this.score(name, fieldName(entry, name));
  }

  protected form(): TemplateResult {
    const { entry } = this;
    const limits = this.model?.limits;
    if (!entry || !limits) return html``;
    const names = limits.correctable[entry.kind] ?? [];
    return html`<div class="stack">
      ${entry.reasons?.map((why) => html`<p>${why.text}</p>`)}
      ${names.map((name) => this.asked(entry, name))}
      ${this.words("note", t("note"), limits.note_max)}
      ${this.buttons(t("save"), true, () => this.save(entry, names))}
      <button
        type="button"
        class="link"
        ?disabled=${this.busy}
        @click=${() =>
          this.attempt(async () => {
            await this.programme.act("void_entry", { log_id: entry.log_id });
            this.close();
          })}
      >
        ${t("take_back")}
      </button>
    </div>`;
  }
}
define("pht-rehab-entry", EntrySheet);

export const showMorning = (entryId: string): Overlay =>
  Overlay.show("pht-rehab-morning", entryId);
export const showTests = (entryId: string, test?: Test): Overlay =>
  Overlay.show<TestSheet>("pht-rehab-tests", entryId, test ? { test } : {});
export const showSymptoms = (entryId: string, due: string[] = []): Overlay =>
  Overlay.show<SymptomSheet>("pht-rehab-symptoms", entryId, { due });
export const showEvent = (entryId: string): Overlay => Overlay.show("pht-rehab-event", entryId);
export const showConfirm = (entryId: string, side?: OneSide): Overlay =>
  Overlay.show<ConfirmSheet>("pht-rehab-confirm", entryId, { side });
export const showUnlock = (entryId: string): Overlay => Overlay.show("pht-rehab-unlock", entryId);
export const showEntry = (entryId: string, entry: LogEntry): Overlay =>
  Overlay.show<EntrySheet>("pht-rehab-entry", entryId, { entry });
export const showReport = (entryId: string): Overlay => Overlay.show("pht-rehab-report", entryId);
export const showResume = (entryId: string): Overlay => Overlay.show("pht-rehab-resume", entryId);
