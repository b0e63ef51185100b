// How the posting of outcomes to the webhook stands, while there is one.

import {ask} from './api.js';
import {$, say} from './dom.js';
import {clock, t} from './texts.js';

const EVERY_MS = 10_000;

function moreOf(state) {
  return [state.last_success ? t('webhook.last', {at: clock(state.last_success)}) : t('webhook.none'),
    state.last_failure && t('webhook.failure', {at: clock(state.last_failure), why: state.reason}),
    t('webhook.refused', {n: state.refused}), t('webhook.dropped', {n: state.dropped})].filter(Boolean).join(', ');
}

async function look() {
  const response = await ask('webhook');
  $('webhook').hidden = !response.ok;
  if (!response.ok) {
    return response.status !== 404;
  }
  const state = await response.json();
  const lost = state.refused + state.dropped;
  say($('webhook'), (state.failing ? t('webhook.fails', {n: state.waiting}) : t('webhook.well', {n: state.accepted}))
      + (lost > 0 ? `, ${t('webhook.lost', {n: lost})}` : ''));
  $('webhook').title = moreOf(state);
  $('webhook').dataset.good = !state.failing;
  return true;
}

/** Looks now and then; a node without a webhook is asked once. */
export async function watchWebhook() {
  let there = true;
  try {
    there = document.hidden || await look();
  } catch {
    // The page itself says that Callout does not answer.
  }
  if (there) {
    setTimeout(watchWebhook, EVERY_MS);
  }
}
