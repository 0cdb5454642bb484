/**
 * What opens above the page. It lives on the body and not inside a card, which Home Assistant
 * destroys when the connection comes back or the dashboard is saved.
 */

import { LitElement, css, html, type TemplateResult } from "lit";
import { icon } from "./icons";
import { programme, type Programme } from "./programme";
import { t } from "./strings";
import { theme } from "./style";
import type { ReadModel } from "./types";

/** Sent on the window when an overlay has closed: what it kept in the browser may have changed. */
export const CLOSED = "pht-rehab-closed";

interface Marked {
  pht_rehab?: true;
}

export abstract class Overlay extends LitElement {
  static override properties = { busy: { state: true }, problem: { state: true } };
  declare busy: boolean;
  declare problem: string;
  entryId = "";
  private end: (() => void) | undefined;
  private popped = (): void => this.close(true);

  constructor() {
    super();
    this.busy = false;
    this.problem = "";
  }

  protected get programme(): Programme {
    return programme(this.entryId);
  }

  protected get model(): ReadModel | undefined {
    return this.programme.model;
  }

  protected abstract heading(): string;
  protected abstract content(): TemplateResult;

  /** Show an overlay of a programme; whatever was open before goes away. */
  static show<T extends Overlay>(tag: string, entryId: string, more: Partial<T> = {}): T {
    for (const open of document.querySelectorAll<Overlay>("[data-pht-rehab]")) {
      open.close(true); // a step back in the history would close the new one
    }
    const overlay = document.createElement(tag) as T;
    overlay.dataset["phtRehab"] = "";
    overlay.entryId = entryId;
    Object.assign(overlay, more);
    document.body.append(overlay);
    return overlay;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.end = this.programme.listen(() => this.requestUpdate());
    history.pushState({ ...(history.state as object), pht_rehab: true } satisfies Marked, "");
    window.addEventListener("popstate", this.popped);
    void this.updateComplete.then(() => this.dialog?.showModal());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end?.();
    window.removeEventListener("popstate", this.popped);
  }

  protected get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  /** Close; the browser's own "back" does it as well, and does not leave the page. */
  close(popped = false): void {
    window.removeEventListener("popstate", this.popped);
    this.dialog?.close();
    this.remove();
    window.dispatchEvent(new Event(CLOSED));
    if (!popped && (history.state as Marked | null)?.pht_rehab) history.back();
  }

  /** Do something that may be refused; the refusal is shown and nothing typed is lost. */
  protected async attempt(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = "";
    try {
      await act();
    } catch (error) {
      const message = (error as { message?: string }).message;
      this.problem = message || t("failed");
    } finally {
      this.busy = false;
    }
  }

  override render() {
    return html`<dialog
      aria-labelledby="title"
      @cancel=${(event: Event) => {
        event.preventDefault();
        this.close();
      }}
    >
      <header class="row">
        <h2 id="title" tabindex="-1" autofocus>${this.heading()}</h2>
        <button type="button" class="icon" aria-label=${t("close")} @click=${() => this.close()}>
          ${icon("close")}
        </button>
      </header>
      ${this.content()}
      ${this.problem ? html`<p class="banner bad" role="alert">${this.problem}</p>` : ""}
    </dialog>`;
  }

  static override styles = [
    theme,
    css`
      dialog {
        border: 0;
        padding: 16px;
        width: min(520px, 100vw);
        max-width: none;
        max-height: min(860px, 100dvh);
        border-radius: 24px;
        background: var(--bg);
        color: var(--tx);
        overflow: auto;
        overscroll-behavior: contain;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
        gap: 16px;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 55%);
      }
      header {
        justify-content: space-between;
        align-items: start;
      }
      h2:focus {
        outline: none;
      }
      .icon {
        padding: 0;
        flex: none;
      }
      footer {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: 1fr;
        gap: 10px;
      }
      @media (max-width: 520px) {
        dialog {
          width: 100vw;
          height: 100dvh;
          max-height: none;
          border-radius: 0;
          padding: max(16px, env(safe-area-inset-top)) 16px max(16px, env(safe-area-inset-bottom));
        }
      }
    `,
  ];
}
