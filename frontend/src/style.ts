/** Home Assistant's theme as our own few names, and what every part of the card shares. */

import { css } from "lit";

export const theme = css`
  :host {
    display: block;
    --acc: var(--primary-color, #0288d1);
    --bg: var(--ha-card-background, var(--card-background-color, #fff));
    --tx: var(--primary-text-color, #212121);
    --tx2: var(--secondary-text-color, #5f6368);
    --ln: var(--divider-color, #e0e0e0);
    --ok: var(--success-color, #43a047);
    --warn: var(--warning-color, #ffa600);
    --bad: var(--error-color, #db4437);
    --strong: color-mix(in srgb, var(--acc) 72%, #000);
    --pht-body: color-mix(in srgb, var(--tx) 82%, var(--acc));
    --pht-far: color-mix(in srgb, var(--tx) 38%, var(--bg));
    --pht-leg: var(--acc);
    --pht-muscle: #ff6f4a;
    --pht-prop: color-mix(in srgb, var(--tx) 26%, var(--bg));
    --pht-weight: color-mix(in srgb, var(--tx) 80%, var(--bg));
    --pht-ground: color-mix(in srgb, var(--tx) 26%, var(--bg));
    --pht-halo: var(--bg);
    color: var(--tx);
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: 1.25rem;
    font-weight: 500;
  }
  h3 {
    font-size: 1rem;
    font-weight: 500;
  }
  button {
    font: inherit;
    cursor: pointer;
    border: 0;
    border-radius: 24px;
    min-height: 44px;
    min-width: 44px;
    padding: 6px 18px;
    color: inherit;
    background: none;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  :is(button, input, textarea, summary, [tabindex]):focus-visible {
    outline: 3px solid var(--acc);
    outline-offset: 2px;
  }
  .primary {
    background: var(--strong);
    color: #fff;
    font-weight: 500;
  }
  .ghost {
    border: 1px solid color-mix(in srgb, var(--tx) 30%, var(--bg));
  }
  .link {
    color: var(--tx);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .quiet {
    color: var(--tx2);
  }
  .small {
    font-size: 0.875rem;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .stack {
    display: grid;
    gap: 12px;
  }
  .stack > * {
    min-width: 0;
  }
  .banner {
    border-radius: 12px;
    padding: 12px;
    display: grid;
    gap: 8px;
    background: color-mix(in srgb, var(--acc) 12%, transparent);
  }
  .banner.bad {
    background: color-mix(in srgb, var(--bad) 14%, transparent);
  }
  .banner.warn {
    background: color-mix(in srgb, var(--warn) 18%, transparent);
  }
  .banner.ok {
    background: color-mix(in srgb, var(--ok) 14%, transparent);
  }
  summary {
    list-style: none;
    min-height: 44px;
    display: flex;
    align-items: center;
    gap: 8px;
    cursor: pointer;
    border-radius: 8px;
  }
  summary::before {
    content: "";
    width: 8px;
    height: 8px;
    flex: none;
    margin: 0 6px;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    transform: rotate(45deg) translate(-2px, -2px);
  }
  [open] > summary::before {
    transform: rotate(-135deg) translate(-2px, -2px);
  }
  label,
  fieldset {
    display: grid;
    gap: 6px;
    border: 0;
    padding: 0;
    margin: 0;
    min-width: 0;
  }
  input[type="number"],
  input[type="date"],
  textarea {
    font: inherit;
    color: inherit;
    background: color-mix(in srgb, var(--tx) 5%, var(--bg));
    border: 1px solid color-mix(in srgb, var(--tx) 45%, var(--bg));
    border-radius: 8px;
    min-height: 44px;
    padding: 8px 12px;
    width: 100%;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 44px;
    cursor: pointer;
  }
  .check input {
    width: 22px;
    height: 22px;
    flex: none;
    accent-color: var(--acc);
  }
`;
