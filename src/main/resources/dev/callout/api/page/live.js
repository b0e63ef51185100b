// Asks the HTTP API every two seconds for what changes by itself, and tells it to whoever shows it.

import {$, say} from './dom.js';
import {Problem, all, json} from './api.js';
import {failed} from './told.js';
import {t} from './texts.js';

const EVERY_MS = 2000;
const HIDDEN_EVERY_MS = 20_000;
const LISTED = 'name,paused,state,idle_reason,why_idle,numbers,finished,in_progress,calls_up,talking,ringing,calls_per_minute,'
  + 'max_concurrent_calls,emergency,destination_list,run_started,run_ended,calls_made';

/** What is known and shown now. `key` is the i_campaign that the page shows; null: another place. */
export const now = {campaigns: [], key: null};

/** The campaign that is shown, as the list has it. */
export const shownCampaign = () => now.campaigns.find(one => one.i_campaign === now.key);

let turn = 0;
let timer;
let show = () => {};
let also = () => null;

/**
 * @param whenAnswered shows an answer: the caller, the switches, the activity, and the campaign that is shown, or null
 * @param asksToo      asks for something else in each turn
 */
export function watch(whenAnswered, asksToo) {
  show = whenAnswered;
  also = asksToo;
}

/** Asks at once, and then every two seconds; an answer that a later question has overtaken is dropped. */
export async function look() {
  clearTimeout(timer);
  const own = ++turn;
  const key = now.key;
  try {
    const [caller, campaigns, switches, activity, detail] = await Promise.all([
      json('caller'),
      all(`campaigns?fields=${LISTED}`, 'campaigns'),
      json('switches'),
      json(key === null ? 'activity' : `activity?campaign=${key}`),
      key === null ? null : json(`campaigns/${key}`),
      also(),
    ]);
    if (own !== turn) {
      return;
    }
    now.campaigns = campaigns;
    connected(true);
    show({caller, switches: switches.switches, activity, detail});
  } catch (error) {
    const gone = error.status === 404 && key !== null && await isGone(key);
    if (own !== turn) {
      return;
    }
    if (gone) {
      failed(error);
      location.hash = '';
    } else {
      connected(false, error);
    }
  }
  timer = setTimeout(look, document.hidden ? HIDDEN_EVERY_MS : EVERY_MS);
}

/** Whether the API lists its campaigns and this is none of them; while Callout starts or stops, there is nothing at its paths. */
async function isGone(key) {
  const found = await all('campaigns?fields=name', 'campaigns').catch(() => null);
  return found !== null && found.every(one => one.i_campaign !== key);
}

let answering = true;
let toldReason = null;

function connected(well, error) {
  say($('connection'), t(well ? 'connection.live' : 'connection.old'));
  $('connection').dataset.good = well;
  if (!well) {
    // What was true when Callout last answered need not be true now.
    [...$('switches').children].forEach(chip => {
      delete chip.dataset.good;
      say(chip, t('switch.unknown', {name: chip.dataset.name}));
    });
  }
  if (!well && (answering || error.message !== toldReason)) {
    toldReason = error.message;
    failed(error instanceof Problem ? error : new Problem(t('page.failed', {why: error.message})));
  } else if (well && !answering) {
    $('alert').hidden = true;
  }
  answering = well;
}

document.addEventListener('visibilitychange', () => { if (!document.hidden) { look(); } });
