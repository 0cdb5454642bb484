/** How the player looks, beside what all overlays share. */

import { css } from "lit";

export const playerStyle = css`
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
  footer button {
    padding: 6px;
  }
  .play footer:not(footer ~ footer) {
    position: sticky;
    bottom: 0;
    background: var(--bg);
  }
`;
