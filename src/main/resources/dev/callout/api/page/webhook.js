// How the posting of outcomes to the webhook stands, while there is one.

import {$, clock, count, say} from './dom.js';
import {ask} from './api.js';

const EVERY_MS = 10000;

/** All that this part says. */
const TEXTS = {
  well: state => `Webhook: ${count(state.accepted)} accepted`,
  failing: state => `Webhook fails, ${count(state.waiting)} wait`,
  more: state => [state.last_success ? `last accepted ${clock.format(new Date(state.last_success))}` : 'none accepted yet',
    state.last_failure && `last failure ${clock.format(new Date(state.last_failure))}: ${state.reason}`,
    `${count(state.refused)} refused`, `${count(state.dropped)} dropped`].filter(Boolean).join(', '),
};

async function look() {
  const response = await ask('webhook');
  $('webhook').hidden = !response.ok;
  if (!response.ok) {
    return response.status !== 404;
  }
  const state = await response.json();
  say($('webhook'), state.failing ? TEXTS.failing(state) : TEXTS.well(state));
  $('webhook').title = TEXTS.more(state);
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
