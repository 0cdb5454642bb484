/** The guided session: plays the steps, asks how it was, and sends it once. */

import { css, html, nothing, type TemplateResult } from "lit";
import { Cues } from "./cues";
import { preload, type PhtFigure } from "./figure";
import "./figure";
import { freshId, isRefused, post, saveDraft, takeOut, tellOnce, type Draft } from "./outbox";
import { Overlay } from "./overlay";
import { Playback } from "./playback";
import type { Answer } from "./programme";
import "./score";
import { day, plural, t } from "./strings";
import type { Exercise, ReadModel, Step } from "./types";

type Scene = "play" | "hurts" | "report" | "sent" | "kept";

function clockText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return String(whole);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export class PhtPlayer extends Overlay {
  static override properties = {
    ...Overlay.properties,
    scene: { state: true },
    frame: { state: true },
    pain: { state: true },
    effort: { state: true },
    hurt: { state: true },
    awake: { state: true },
    answer: { state: true },
  };
  declare scene: Scene;
  declare frame: number;
  declare pain: number | null;
  declare effort: number | null;
  declare hurt: number | null;
  declare awake: boolean;
  declare answer: Answer | undefined;
  exercises: Exercise[] = [];
  steps: Step[] = [];
  date = "";
  draft: Draft | undefined;
  voice = true;
  limit = 6;
  side: "left" | "right" = "right";
  private sessionId = freshId();
  private cutShort = false;
  private playback!: Playback;
  private cues!: Cues;
  private animation = 0;
  private counted = -1;
  private saved = 0;
  private visible = (): void => {
    if (document.visibilityState === "visible") void this.cues.stayAwake();
    else this.keep();
  };

  constructor() {
    super();
    this.scene = "play";
    this.frame = 0;
    this.pain = this.effort = this.hurt = null;
    this.awake = true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.cues = new Cues(this.voice);
    if (this.draft) {
      this.sessionId = this.draft.sessionId;
      this.pain = this.draft.pain;
      this.cutShort = this.draft.cutShort;
    }
    this.playback = new Playback(this.steps, () => performance.now(), this.draft?.playback);
    preload(this.exercises.map((exercise) => exercise.id));
    void this.cues.stayAwake().then((can) => (this.awake = can || !tellOnce("screen")));
    document.addEventListener("visibilitychange", this.visible);
    this.announce();
    this.loop();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.animation);
    document.removeEventListener("visibilitychange", this.visible);
    this.cues.end();
  }

  override close(popped = false): void {
    if (this.scene !== "sent" && this.scene !== "kept") this.keep();
    super.close(popped);
  }

  /** Keep where it is, for a reload or a killed app. */
  private keep(): void {
    saveDraft({
      entryId: this.entryId,
      sessionId: this.sessionId,
      date: this.date,
      exercises: this.exercises,
      steps: this.steps,
      playback: this.playback.save(),
      pain: this.pain,
      cutShort: this.cutShort,
      savedAt: Date.now(),
    });
  }

  private loop = (): void => {
    this.animation = requestAnimationFrame(this.loop);
    if (this.scene !== "play") return;
    if (this.playback.tick()) this.entered();
    if (this.playback.finished) {
      this.scene = "report";
      return;
    }
    this.countDown();
    this.move();
    if (performance.now() - this.saved > 2_000) {
      this.saved = performance.now();
      this.keep();
    }
    // What is drawn by Lit changes by the second only; ring and figure are moved directly.
    const second = Math.ceil(this.playback.remaining ?? 0) + 1000 * this.playback.index;
    this.frame = second + (this.playback.rep?.number ?? 0) * 1e-3;
  };

  private entered(): void {
    this.cues.buzz();
    this.announce();
  }

  private announce(): void {
    const { step } = this.playback;
    if (!step) return;
    const exercise = this.exercises[step.exercise];
    const words = [t(`act_${step.act}`)];
    if (step.act === "ready" && exercise) words.push(exercise.name);
    if (step.side === "left" || step.side === "right") words.push(t(`side_${step.side}`));
    this.cues.say(words.join(", "));
  }

  private countDown(): void {
    const { remaining, paused, step } = this.playback;
    if (remaining === undefined || paused || !step?.seconds || step.seconds <= 4) return;
    const left = Math.ceil(remaining);
    if (left !== this.counted && left > 0 && left <= 3) this.cues.beep(left === 1 ? 1320 : 880);
    this.counted = left;
  }

  private move(): void {
    const { playback } = this;
    const ring = this.renderRoot.querySelector<SVGCircleElement>(".ring .now");
    ring?.style.setProperty("stroke-dashoffset", String(1 - playback.fraction));
    const figure = this.renderRoot.querySelector<PhtFigure>("pht-rehab-figure");
    if (!figure) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const { rep, step } = playback;
    if (still || step?.act === "hold") figure.show("pause", 1);
    else if (rep) figure.show(rep.phase, rep.fraction);
    else figure.show("out", 0);
  }

  private toggle(): void {
    if (this.playback.paused) this.playback.resume();
    else this.playback.pause();
    this.requestUpdate();
  }

  private go(act: "next" | "back" | "skipExercise"): void {
    this.playback[act]();
    this.announce();
    this.requestUpdate();
  }

  private key(event: KeyboardEvent): void {
    const on = (event.composedPath()[0] as HTMLElement).localName;
    if (this.scene !== "play" || (on === "button" && event.key === " ")) return;
    if (event.key === " ") this.toggle();
    else if (event.key === "ArrowRight") this.go("next");
    else if (event.key === "ArrowLeft") this.go("back");
    else return;
    event.preventDefault();
  }

  private saysHurts(): void {
    this.playback.pause();
    this.hurt = null;
    this.scene = "hurts";
  }

  private hurts(score: number): void {
    this.pain = Math.max(score, this.pain ?? 0);
    if (score >= this.limit) {
      this.cutShort = true;
      this.playback.skipExercise();
    }
    this.scene = this.playback.finished ? "report" : "play";
    this.playback.resume();
    this.keep();
  }

  /** What the programme is told: the exercises that were begun, and how much of them. */
  private result(): Record<string, unknown> {
    const begun = this.exercises.flatMap((exercise, index) => {
      const sets = this.playback.done.get(index) ?? 0;
      return sets > 0 ? [{ id: exercise.id, sets, planned: exercise.sets }] : [];
    });
    const sets = begun.reduce((sum, one) => sum + Math.min(one.sets, one.planned), 0);
    const planned = begun.reduce((sum, one) => sum + one.planned, 0);
    return {
      session_id: this.sessionId,
      date: this.date,
      exercises: begun.map((one) => one.id),
      completed: planned ? Math.round((100 * sets) / planned) : 0,
      ...(this.cutShort ? { cut_short: true } : {}),
      ...(this.pain !== null ? { pain_during: this.pain } : {}),
      ...(this.effort !== null ? { effort: this.effort } : {}),
    };
  }

  private async send(): Promise<void> {
    const parcel = { entryId: this.entryId, data: this.result() };
    post(parcel);
    try {
      this.answer = await this.programme.act("log_session", parcel.data);
      this.scene = "sent";
    } catch (error) {
      if (isRefused(error)) {
        takeOut(parcel);
        throw error;
      }
      this.scene = "kept";
      saveDraft(null);
      return;
    }
    takeOut(parcel);
    saveDraft(null);
  }

  protected heading(): string {
    const { step } = this.playback;
    if (this.scene === "play" && step) return this.exercises[step.exercise]?.name ?? "";
    return this.scene === "hurts" ? t("hurts") : t("how_was_it");
  }

  protected content(): TemplateResult {
    switch (this.scene) {
      case "play":
        return this.playing();
      case "hurts":
        return this.hurting();
      case "report":
        return this.report();
      default:
        return this.ending();
    }
  }

  private playing(): TemplateResult {
    const { playback } = this;
    const step = playback.step ?? this.steps[0]!;
    const exercise = this.exercises[step.exercise]!;
    const { rep } = playback;
    const sided = step.side === "left" || step.side === "right";
    const waits = step.act === "ready" || step.act === "rest" || step.act === "switch";
    const big = rep ? String(rep.number) : clockText(playback.remaining ?? 0);
    return html`<div class="play" @keydown=${this.key}>
      <p class="quiet small">
        ${t("exercise_of", { number: step.exercise + 1, count: this.exercises.length })} ·
        ${t("set_of", { number: step.set, count: exercise.sets })}
        ${sided ? html` · <strong>${t(`side_${step.side}`)}</strong>` : nothing}
      </p>
      <pht-rehab-figure
        exercise=${exercise.id}
        ?mirrored=${sided ? step.side === "left" : this.side === "left"}
      ></pht-rehab-figure>
      <p class="small cue">${step.act === "ready" ? exercise.how_to : exercise.cues}</p>
      <div class="ring ${step.act}" role="timer" aria-live="off">
        <svg viewBox="0 0 120 120" aria-hidden="true">
          <circle cx="60" cy="60" r="54" />
          <circle class="now" cx="60" cy="60" r="54" pathLength="1" />
        </svg>
        <div>
          <span class="small">${playback.paused ? t("paused") : this.act(step, rep?.phase)}</span>
          <b>${step.act === "walk" ? t("metres", { metres: step.metres ?? 0 }) : big}</b>
          <span class="small">${rep ? t("of_reps", { count: step.reps ?? 0 }) : ""}</span>
        </div>
      </div>
      <p class="sr" aria-live="polite">${this.act(step)} ${sided ? t(`side_${step.side}`) : ""}</p>
      ${this.awake ? nothing : html`<p class="small quiet">${t("screen_may_sleep")}</p>`}
      <footer>
        <button type="button" class="ghost" @click=${() => this.go("back")}>${t("back")}</button>
        <button type="button" class="primary" @click=${this.toggle}>
          ${playback.paused ? t("resume") : t("pause")}
        </button>
        <button type="button" class="ghost" @click=${() => this.go("next")}>
          ${waits ? t("go_now") : t("done")}
        </button>
      </footer>
      <footer>
        <button type="button" class="link" @click=${this.saysHurts}>${t("hurts")}</button>
        <button type="button" class="link" @click=${() => this.go("skipExercise")}>
          ${t("skip_exercise")}
        </button>
      </footer>
    </div>`;
  }

  private act(step: Step, phase?: string): string {
    return phase ? t(`phase_${phase}`) : t(`act_${step.act}`);
  }

  private hurting(): TemplateResult {
    return html`<div class="stack">
      <p>${t("hurts_help", { limit: this.limit })}</p>
      <pht-rehab-score
        .label=${t("pain_now")}
        .value=${this.hurt}
        @score=${(event: CustomEvent<number>) => (this.hurt = event.detail)}
      ></pht-rehab-score>
      ${this.hurt !== null && this.hurt >= this.limit
        ? html`<p class="banner bad" role="alert">${t("hurts_stop")}</p>`
        : nothing}
      <footer>
        <button
          type="button"
          class="ghost"
          @click=${() => {
            this.scene = "play";
          }}
        >
          ${t("cancel")}
        </button>
        <button
          type="button"
          class="primary"
          ?disabled=${this.hurt === null}
          @click=${() => this.hurts(this.hurt!)}
        >
          ${t("go_on")}
        </button>
      </footer>
    </div>`;
  }

  private report(): TemplateResult {
    const result = this.result();
    const none = !(result["exercises"] as string[]).length;
    return html`<div class="stack">
      <ul class="stack plain">
        ${this.exercises.map((exercise, index) => {
          const sets = this.playback.done.get(index) ?? 0;
          return html`<li class="row">
            <span>${exercise.name}</span>
            <span class="quiet small">${plural("sets_done", exercise.sets, { done: sets })}</span>
          </li>`;
        })}
      </ul>
      ${none ? html`<p class="banner warn">${t("nothing_done")}</p>` : nothing}
      <fieldset>
        <legend>${t("pain_during")}</legend>
        <pht-rehab-score
          .label=${t("pain_during")}
          .value=${this.pain}
          @score=${(event: CustomEvent<number>) => (this.pain = event.detail)}
        ></pht-rehab-score>
      </fieldset>
      <fieldset>
        <legend>${t("effort")}</legend>
        <pht-rehab-score
          kind="effort"
          .label=${t("effort")}
          .value=${this.effort}
          @score=${(event: CustomEvent<number>) => (this.effort = event.detail)}
        ></pht-rehab-score>
      </fieldset>
      <label class="check"
        ><input
          type="checkbox"
          .checked=${this.cutShort}
          @change=${(event: Event) => (this.cutShort = (event.target as HTMLInputElement).checked)}
        />${t("cut_short")}</label
      >
      <footer>
        <button
          type="button"
          class="ghost"
          ?hidden=${this.playback.finished && !this.steps.length}
          @click=${() => {
            this.playback.back();
            this.scene = "play";
          }}
        >
          ${t("back")}
        </button>
        <button
          type="button"
          class="primary"
          ?disabled=${this.busy || none}
          @click=${() => this.attempt(() => this.send())}
        >
          ${t("save_session")}
        </button>
      </footer>
    </div>`;
  }

  private ending(): TemplateResult {
    return html`<div class="stack">
      <div class="banner ok" role="status">
        <h3>${this.scene === "kept" ? t("kept") : t("session_saved")}</h3>
        ${this.answer?.reasons.map((why) => html`<p>${why.text}</p>`)}
        ${this.answer?.next_session
          ? html`<p>${t("next_session", { day: day(this.answer.next_session) })}</p>`
          : nothing}
      </div>
      <footer>
        <button type="button" class="primary" @click=${() => this.close()}>${t("done")}</button>
      </footer>
    </div>`;
  }

  static override styles = [
    ...Overlay.styles,
    css`
      .play {
        display: flex;
        flex-direction: column;
        gap: 12px;
        flex: 1 0 auto;
      }
      .play > pht-rehab-figure {
        flex: 1 0 160px;
        min-height: 120px;
        max-height: 320px;
      }
      .cue {
        min-height: 2.6em;
      }
      .ring {
        position: relative;
        width: 180px;
        margin: 0 auto;
      }
      .ring svg {
        display: block;
        transform: rotate(-90deg);
      }
      .ring circle {
        fill: none;
        stroke: var(--ln);
        stroke-width: 8;
      }
      .ring .now {
        stroke: var(--acc);
        stroke-dasharray: 1;
        stroke-linecap: round;
      }
      .ring:is(.rest, .switch) .now {
        stroke: var(--ok);
      }
      .ring.ready .now {
        stroke: var(--warn);
      }
      .ring div {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        text-align: center;
      }
      .ring b {
        font-size: 3.25rem;
        line-height: 1.1;
        font-weight: 500;
        font-variant-numeric: tabular-nums;
      }
      .plain {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      .plain .row {
        justify-content: space-between;
      }
      footer button {
        padding: 6px;
      }
      .play footer:not(footer ~ footer) {
        position: sticky;
        bottom: 0;
        background: var(--bg);
      }
    `,
  ];
}

if (!customElements.get("pht-rehab-player")) {
  customElements.define("pht-rehab-player", PhtPlayer);
}

/** Play what is left of today, or one exercise of it. */
export function play(model: ReadModel, only?: string, voice = true): void {
  const { exercises } = model.session;
  const wanted = exercises.filter((one) => (only ? one.id === only : !one.done));
  const kept = wanted.map((one) => exercises.indexOf(one));
  const steps = model.session.steps
    .filter((step) => kept.includes(step.exercise))
    .map((step) => ({ ...step, exercise: kept.indexOf(step.exercise) }));
  if (steps.at(-1)?.act === "rest") steps.pop();
  Overlay.show<PhtPlayer>("pht-rehab-player", model.entry_id, {
    exercises: wanted,
    steps,
    date: model.today,
    limit: model.limits.stop_at,
    side: model.side,
    voice,
  });
}

/** Go on with a session that was cut off. */
export function resume(model: ReadModel, draft: Draft, voice = true): void {
  Overlay.show<PhtPlayer>("pht-rehab-player", model.entry_id, {
    exercises: draft.exercises as Exercise[],
    steps: draft.steps as Step[],
    date: draft.date,
    limit: model.limits.stop_at,
    side: model.side,
    voice,
    draft,
  });
}
