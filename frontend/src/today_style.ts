/** How the view of today looks. */

import { css } from "lit";

export const todayStyle = css`
  .sides {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .tight {
    gap: 8px;
  }
  .course {
    display: flex;
    gap: 4px;
    list-style: none;
    margin: 0;
    padding: 0;
    font-size: clamp(0.65rem, 2.6vw, 0.75rem);
    color: var(--tx2);
  }
  .course li {
    flex: 1;
    min-width: 0;
    hyphens: auto;
    overflow-wrap: break-word;
    border-top: 8px solid var(--ln);
    border-radius: 4px;
    padding-top: 4px;
  }
  .course .done {
    border-color: var(--acc);
  }
  @container (max-width: 27rem) {
    .course:has(:nth-child(6)) li:not(.current) {
      font-size: 0; /* a sixth of a phone is too narrow for a name */
    }
    .course:has(:nth-child(6)) .current {
      flex: 3;
    }
  }
  @container (max-width: 34rem) {
    .course:has(:nth-child(7)) {
      font-size: 0.7rem; /* the longest name in a seventh of a dashboard's column */
    }
  }
  @container (max-width: 18rem) {
    .course li:not(.current) {
      font-size: 0; /* large text: only where one is has room for its name */
    }
  }
  .course .current {
    flex: 1.3;
    color: var(--tx);
    font-weight: 500;
    border-image: linear-gradient(to right, var(--acc) 50%, var(--ln) 50%) 1;
  }
  .list {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 8px;
    grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
  }
  .list li {
    display: flex;
    align-items: center;
    border: 1px solid var(--ln);
    border-radius: 12px;
  }
  .list li.done {
    background: color-mix(in srgb, var(--ok) 10%, transparent);
  }
  .exercise {
    flex: 1;
    min-width: 0;
    display: flex;
    align-items: center;
    gap: 12px;
    border-radius: 12px;
    padding: 4px 6px;
    text-align: start;
  }
  .exercise pht-rehab-figure {
    width: 84px;
    height: 56px;
    flex: none;
  }
  .done pht-rehab-figure {
    opacity: 0.55;
  }
  .text {
    display: flex;
    flex-direction: column;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .text span {
    color: var(--tx2);
    font-size: 0.875rem;
  }
  .tick {
    flex: none;
    width: 52px;
    padding: 0;
    color: var(--tx2);
  }
  .done .tick {
    color: color-mix(in srgb, var(--ok) 75%, var(--tx));
  }
  .next {
    position: sticky;
    bottom: max(8px, env(safe-area-inset-bottom));
    z-index: 1;
  }
  .run details p {
    padding-top: 4px;
  }
  .ran {
    display: flex;
    gap: 8px;
    align-items: center;
  }
  .ran svg {
    width: 24px;
    height: 24px;
    flex: none;
    color: color-mix(in srgb, var(--ok) 75%, var(--tx));
  }
  .all-done {
    text-align: center;
    font-weight: 500;
  }
  .criteria {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 6px;
    font-size: 0.875rem;
  }
  .criteria li {
    display: flex;
    gap: 8px;
    align-items: start;
    color: var(--tx2);
  }
  .criteria svg {
    flex: none;
    width: 20px;
    height: 20px;
  }
  .criteria .met svg {
    color: color-mix(in srgb, var(--ok) 75%, var(--tx));
  }
  @media (max-height: 600px) {
    ha-card.compact {
      padding: 8px 16px;
      gap: 6px;
    }
    .compact :is(.waits, .way-back) {
      display: none; /* a wall tablet lying down has room for what to do, not for what comes */
    }
    .compact .day {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .compact .day > * {
      flex: 0 0 100%;
    }
    .compact .day > button {
      flex: 1 1 40%;
      padding: 4px 12px;
      font-size: 0.875rem;
      line-height: 1.2;
    }
    .compact .where {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 16px;
    }
    .compact :is(.course, .sides) {
      flex: 0 0 100%;
    }
    .compact .course li {
      font-size: 0;
    }
    .compact .course .current {
      flex: 3;
      font-size: 0.75rem;
    }
    .compact .list {
      grid-template-columns: repeat(auto-fill, minmax(min(210px, 100%), 1fr));
    }
    .compact .exercise {
      padding: 2px 8px;
      gap: 8px;
    }
    .compact .text {
      font-size: 0.875rem;
      line-height: 1.25;
    }
    .compact .tick {
      width: 44px;
    }
    .compact .exercise pht-rehab-figure {
      width: 54px;
      height: 36px;
    }
  }
`;
