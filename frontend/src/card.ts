/** The dashboard card of one programme. */

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import "./figure";
import { isRefused, parcels, post, send, takeOut, type Parcel } from "./outbox";
import { CLOSED } from "./overlay";
import { programme, type Programme } from "./programme";
import "./progress";
import { showSymptoms } from "./sheets";
import { day, loadStrings, t } from "./strings";
import { theme } from "./style";
import { notices, today, type Options } from "./today";
import { todayStyle } from "./today_style";
import type { Hass, Locale } from "./types";

export interface Config {
  type: string;
  programme?: string;
  title?: string;
  voice?: boolean;
  compact?: boolean;
}

const AGAIN_MS = 30_000;

interface Field {
  name: keyof Config;
}

export class PhtRehabCard extends LitElement {
  static override properties = {
    hass: { attribute: false },
    config: { state: true },
    view: { state: true },
    worded: { state: true },
  };
  declare hass: Hass | undefined;
  declare config: Config | undefined;
  declare view: "today" | "progress";
  /** What the words shown are of; undefined before there are any. */
  declare worded: Locale | undefined;
  private source: Programme | undefined;
  private end: (() => void) | undefined;
  private sending = false;
  private later: ReturnType<typeof setTimeout> | undefined;
  private closed = (): void => this.requestUpdate();

  constructor() {
    super();
    this.view = "today";
    this.worded = undefined;
  }

  setConfig(config: Config): void {
    this.config = config;
    this.follow();
  }

  getCardSize(): number {
    return this.config?.compact ? 5 : 9;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6, rows: "auto" };
  }

  static async getStubConfig(hass: Hass): Promise<Partial<Config>> {
    const { programmes } = await hass.callWS<{ programmes: { entry_id: string }[] }>({
      type: "pht_rehab/programmes",
    });
    const first = programmes[0]?.entry_id;
    return { ...(first ? { programme: first } : {}), voice: true, compact: false };
  }

  static getConfigForm(): Record<string, unknown> {
    return {
      schema: [
        {
          name: "programme",
          required: true,
          selector: { config_entry: { integration: "pht_rehab" } },
        },
        { name: "title", selector: { text: {} } },
        { name: "voice", selector: { boolean: {} } },
        { name: "compact", selector: { boolean: {} } },
      ],
      computeLabel: (field: Field) => t(`config_${field.name}`),
      computeHelper: (field: Field) =>
        field.name === "voice" || field.name === "compact" ? t(`config_${field.name}_help`) : "",
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener(CLOSED, this.closed);
    this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end?.();
    this.end = this.source = undefined;
    window.removeEventListener(CLOSED, this.closed);
    clearTimeout(this.later);
  }

  /** Listen to the programme this card is bound to. */
  private follow(): void {
    const wanted = this.config?.programme;
    if (!this.isConnected || this.source?.entryId === wanted) return;
    this.end?.();
    this.source = wanted ? programme(wanted) : undefined;
    this.end = this.source?.listen(() => {
      this.requestUpdate();
      void this.sendKept();
    });
  }

  /** Send what could not be sent when a session or a run was logged. */
  private async sendKept(): Promise<void> {
    if (this.sending || !this.source?.model || this.source.failure) return;
    clearTimeout(this.later);
    this.sending = true;
    for (const parcel of parcels(this.source.entryId)) {
      if (parcel.problem) continue;
      try {
        await send(this.source, parcel);
      } catch (error) {
        const problem = (error as { message?: string }).message;
        if (isRefused(error)) post({ ...parcel, problem: problem ?? t("failed") });
        else this.later = setTimeout(() => void this.sendKept(), AGAIN_MS);
      }
    }
    this.sending = false;
    this.requestUpdate();
  }

  /** `hass` is new many times a second; nothing here but how it is worded depends on it. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (!changed.has("hass") || !this.hass) return true;
    const { locale } = this.hass;
    if (locale !== this.worded) {
      this.source?.reword();
      void loadStrings(this.hass).then(
        () => (this.worded = locale),
        () => undefined,
      );
    }
    return changed.size > 1 || !changed.get("hass");
  }

  override render() {
    if (!this.config || !this.worded) return html`<ha-card></ha-card>`;
    return html`<ha-card class=${this.config.compact ? "compact" : ""}>${this.body()}</ha-card>`;
  }

  private body(): TemplateResult {
    const { source } = this;
    const model = source?.model;
    if (!source) return html`<p>${t("choose_programme")}</p>`;
    if (!model) return html`<p role="status">${t(source.failure ?? "loading")}</p>`;
    const tab = (view: "today" | "progress"): TemplateResult => html`<button
      type="button"
      role="tab"
      id="tab-${view}"
      aria-controls="panel"
      aria-selected=${this.view === view}
      tabindex=${this.view === view ? 0 : -1}
      @click=${() => (this.view = view)}
    >
      ${t(view)}
    </button>`;
    const wrong = model.control
      ? html`<button type="button" class="link wrong" @click=${() => showSymptoms(model.entry_id)}>
          ${t("feels_wrong")}
        </button>`
      : nothing;
    return html`<header>
        <h2>${this.config?.title || model.name}</h2>
        ${this.config?.compact
          ? wrong
          : html`<div role="tablist" aria-label=${t("views")} @keydown=${this.key}>
              ${tab("today")}${tab("progress")}
            </div>`}
      </header>
      ${source.failure
        ? html`<p class="banner warn" role="status">${t(source.failure)}</p>`
        : nothing}
      ${parcels(model.entry_id).map((parcel) => this.kept(parcel))} ${notices(model)}
      ${this.config?.compact
        ? today(model, this.options)
        : html`<div role="tabpanel" id="panel" aria-labelledby="tab-${this.view}">
              ${this.view === "today"
                ? today(model, this.options)
                : html`<pht-rehab-progress
                    .model=${model}
                    .worded=${this.worded}
                  ></pht-rehab-progress>`}
            </div>
            ${wrong}`}`;
  }

  /** A session or run that waits to be sent, or was refused; it is never dropped without being asked. */
  private kept(parcel: Parcel): TemplateResult {
    if (!parcel.problem) {
      return html`<p class="banner warn" role="status">${t("waiting")}</p>`;
    }
    const again = (): void => {
      const { problem: _problem, ...fresh } = parcel;
      post(fresh);
      void this.sendKept();
    };
    const discard = (): void => {
      takeOut(parcel);
      this.requestUpdate();
    };
    const on = String(parcel.data["date"] ?? "");
    return html`<div class="banner bad" role="status">
      <p>${t("refused", { day: on ? day(on) : "" })} ${parcel.problem}</p>
      <button type="button" class="ghost" @click=${again}>${t("try_again")}</button>
      <button type="button" class="link" @click=${discard}>${t("discard")}</button>
    </div>`;
  }

  private get options(): Options {
    const { voice = true, compact = false } = this.config ?? {};
    return { voice, compact, online: !this.source?.failure };
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    this.view = this.view === "today" ? "progress" : "today";
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`#tab-${this.view}`)?.focus(),
    );
  }

  static override styles = [
    theme,
    todayStyle,
    css`
      ha-card {
        padding: 16px;
        display: flex;
        flex-direction: column;
        gap: 14px;
        min-height: 100%;
        container-type: inline-size;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 8px;
      }
      h2 {
        overflow-wrap: anywhere;
        min-width: 0;
      }
      .wrong {
        align-self: center;
      }
      [role="tablist"] {
        display: flex;
        border-radius: 24px;
        background: color-mix(in srgb, var(--tx) 7%, transparent);
      }
      [role="tab"] {
        color: var(--tx);
      }
      [role="tab"][aria-selected="true"] {
        background: color-mix(in srgb, var(--acc) 22%, var(--bg));
        font-weight: 500;
      }
    `,
  ];
}
