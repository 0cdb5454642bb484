/** The guided session on the screen: plays the steps, and asks how it was. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { Cues } from "./cues";
import { define } from "./define";
import { preload, type PhtFigure } from "./figure";
import "./figure";
import { tellOnce, type Draft } from "./outbox";
import { Overlay } from "./overlay";
import { playerStyle } from "./player_style";
import type { Answer } from "./programme";
import "./score";
import { GuidedSession } from "./session";
import { tone } from "./sheet";
import { showSymptoms } from "./sheets";
import { day, plural, t } from "./strings";
import type { ReadModel, Step } from "./types";

type Scene = "play" | "hurts" | "report" | "sent" | "kept";

const KEEP_MS = 2_000;

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
    hurt: { state: true },
    awake: { state: true },
    answer: { state: true },
  };
  declare scene: Scene;
  declare frame: number;
  declare hurt: number | null;
  declare awake: boolean;
  declare answer: Answer | undefined;
  session!: GuidedSession;
  voice = true;
  /** Only what was done is to be told: it is not what the programme asks for any more. */
  review = false;
  limit = 0;
  side: "left" | "right" = "right";
  private cues!: Cues;
  private animation = 0;
  private counted = -1;
  private turn = "";
  private saved = 0;
  private visible = (): void => {
    if (document.visibilityState === "visible") void this.cues.stayAwake();
    else this.session.keep();
  };

  constructor() {
    super();
    this.scene = "play";
    this.frame = 0;
    this.hurt = null;
    this.awake = true;
  }

  private get playback() {
    return this.session.playback;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.cues = new Cues(this.voice);
    if (this.review) this.scene = "report";
    preload(this.session.exercises.map((exercise) => exercise.id));
    void this.cues.stayAwake().then((can) => (this.awake = can || !tellOnce("screen")));
    document.addEventListener("visibilitychange", this.visible);
    this.addEventListener("keydown", this.key);
    this.announce();
    this.loop();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.animation);
    document.removeEventListener("visibilitychange", this.visible);
    this.cues.end();
  }

  /** What has the focus goes away with its scene; the next one begins at its heading. */
  protected override updated(changed: PropertyValues): void {
    if (!changed.has("scene") || changed.get("scene") === undefined) return;
    this.renderRoot.querySelector<HTMLElement>("#title")?.focus();
    if (this.scene === "report") this.cues.say(t("how_was_it"));
  }

  override close(popped = false): void {
    if (this.scene !== "sent" && this.scene !== "kept") this.session.keep();
    super.close(popped);
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
    this.countOut();
    this.move();
    if (performance.now() - this.saved > KEEP_MS) {
      this.saved = performance.now();
      this.session.keep();
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
    if (!step || this.scene !== "play") return;
    const exercise = this.session.exercises[step.exercise];
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

  /** Say each repetition, and beep where it turns: eyes are elsewhere. */
  private countOut(): void {
    const { rep, paused } = this.playback;
    const turn = rep ? `${rep.number} ${rep.phase}` : "";
    if (turn === this.turn || paused) return;
    this.turn = turn;
    if (rep?.phase === "out") this.cues.say(String(rep.number));
    else if (rep) this.cues.beep(660);
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

  /** Something else than this pain: the session is kept, and the questions are asked. */
  private wrong(): void {
    this.close(true);
    showSymptoms(this.entryId);
  }

  private goOn(): void {
    this.session.hurts(this.hurt!, this.limit);
    this.scene = this.playback.finished ? "report" : "play";
  }

  private back(): void {
    this.playback.back();
    this.scene = "play";
  }

  private discard(): void {
    this.session.discard();
    this.scene = "kept"; // nothing to keep when it closes
    this.close();
  }

  private async send(): Promise<void> {
    const told = await this.session.send(this.programme);
    this.answer = told.answer;
    this.scene = told.answer ? "sent" : "kept";
  }

  protected heading(): string {
    const { step } = this.playback;
    if (this.scene === "play" && step) return this.session.exercises[step.exercise]?.name ?? "";
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
    const step = playback.step ?? this.session.steps[0]!;
    const exercise = this.session.exercises[step.exercise]!;
    const { rep } = playback;
    const sided = step.side === "left" || step.side === "right";
    const waits = step.act === "ready" || step.act === "rest" || step.act === "switch";
    const big = rep ? String(rep.number) : clockText(playback.remaining ?? 0);
    const between = step.act === "ready" || step.act === "rest";
    return html`<div class="play">
      <p class="quiet small">
        ${t("exercise_of", { number: step.exercise + 1, count: this.session.exercises.length })} ·
        ${t("set_of", { number: step.set, count: exercise.sets })}
        ${sided ? html` · <strong>${t(`side_${step.side}`)}</strong>` : nothing}
      </p>
      <pht-rehab-figure
        exercise=${exercise.id}
        ?mirrored=${sided ? step.side === "left" : this.side === "left"}
      ></pht-rehab-figure>
      <p class="small cue">${step.act === "ready" ? exercise.how_to : exercise.cues}</p>
      ${between
        ? [exercise.details, exercise.equipment, exercise.cautions]
            .filter(Boolean)
            .map((words) => html`<p class="small quiet">${words}</p>`)
        : nothing}
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
        <button type="button" class="link" @click=${this.wrong}>${t("feels_wrong")}</button>
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
        @score=${(event: CustomEvent<number | null>) => (this.hurt = event.detail)}
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
          @click=${() => this.goOn()}
        >
          ${t("go_on")}
        </button>
      </footer>
    </div>`;
  }

  private flag(name: "cutShort" | "painkiller", label: string): TemplateResult {
    const { session } = this;
    const change = (event: Event): void => {
      session[name] = (event.target as HTMLInputElement).checked;
      session.keep();
    };
    return html`<label class="check"
      ><input type="checkbox" .checked=${session[name]} @change=${change} />${label}</label
    >`;
  }

  private report(): TemplateResult {
    const { session } = this;
    const none = !session.result().exercises.length;
    return html`<div class="stack">
      <ul class="stack plain">
        ${this.session.exercises.map((exercise, index) => {
          const done = session.setsDone(index);
          const change = (event: Event): void => {
            if ((event.target as HTMLInputElement).checked) session.undone.delete(index);
            else session.undone.add(index);
            this.requestUpdate();
          };
          return html`<li>
            <label class="check"
              ><input
                type="checkbox"
                .checked=${done > 0}
                ?disabled=${!session.playback.sets(index)}
                @change=${change}
              /><span>${exercise.name}</span>
              <span class="quiet small">${plural("sets_done", exercise.sets, { done })}</span></label
            >
          </li>`;
        })}
      </ul>
      ${none ? html`<p class="banner warn">${t("nothing_done")}</p>` : nothing}
      ${session.sides.length ? session.sides.map((side) => this.pain(side)) : this.pain()}
      <fieldset>
        <legend>${t("effort")}</legend>
        <pht-rehab-score
          kind="effort"
          .label=${t("effort")}
          .value=${session.effort}
          @score=${(event: CustomEvent<number | null>) => {
            session.effort = event.detail;
            session.keep();
          }}
        ></pht-rehab-score>
      </fieldset>
      ${this.flag("cutShort", t("cut_short"))} ${this.flag("painkiller", t("painkiller"))}
      <footer>
        <button
          type="button"
          class="ghost"
          ?disabled=${this.busy}
          @click=${() => {
            if (this.review) this.discard();
            else this.back();
          }}
        >
          ${this.review ? t("discard") : t("back")}
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

  /** How bad it was, of one of two sides where they are told of apart. */
  private pain(side?: "left" | "right"): TemplateResult {
    const { session } = this;
    const label = t("pain_during") + (side ? ` · ${t(`side_${side}`)}` : "");
    return html`<fieldset>
      <legend>${label}</legend>
      <pht-rehab-score
        .label=${label}
        .value=${side ? (session.pains[side] ?? null) : session.pain}
        @score=${(event: CustomEvent<number | null>) => {
          if (side) session.pains[side] = event.detail;
          else session.pain = event.detail;
          session.keep();
        }}
      ></pht-rehab-score>
    </fieldset>`;
  }

  private ending(): TemplateResult {
    return html`<div class="stack">
      <div class="banner ${tone(this.answer)}" role="status">
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

  static override styles = [...Overlay.styles, playerStyle];
}

define("pht-rehab-player", PhtPlayer);

function show(model: ReadModel, more: Partial<PhtPlayer>): void {
  const { stop_at: limit } = model.limits;
  const { worse_side: side } = model;
  Overlay.show<PhtPlayer>("pht-rehab-player", model.entry_id, { limit, side, ...more });
}

const now = (): number => performance.now();

/** Play what is left of today, or one exercise of it. */
export function play(model: ReadModel, only: string | undefined, voice: boolean): void {
  show(model, { session: GuidedSession.of(model, only, now), voice });
}

/** Go on with a session that was cut off, or only ``review`` and send what was done of it. */
export function resume(model: ReadModel, draft: Draft, voice: boolean, review: boolean): void {
  show(model, { session: GuidedSession.resumed(draft, now), voice, review });
}
