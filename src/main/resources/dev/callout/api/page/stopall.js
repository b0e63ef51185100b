// Stopping and resuming everything, on all nodes.

import {$, date, say} from './dom.js';
import {json, send} from './api.js';

/** Shows on top of the page, whatever it shows, that everything is stopped. */
export async function showStopAll() {
  const state = await json('stop-all');
  const at = state.stopped && date.format(new Date(state.stopped_at));
  const why = state.why ? `: ${state.why}` : '';
  const calls = state.hangup ? 'Calls that are up are hung up.' : 'Calls that are up go on.';
  const deaf = state.not_obeyed_by.length ? ` These nodes dial on, stop them: ${state.not_obeyed_by.join(', ')}.` : '';
  $('stopped').hidden = !state.stopped;
  $('stop-all').hidden = state.stopped;
  $('hang-up-all').hidden = state.hangup;
  say($('stopped-text'), state.stopped ? `Everything is stopped since ${at} by ${state.stopped_by}${why}. ${calls}${deaf}` : '');
}

export function listenStopAll(alertOf, sure, tell, look) {
  const form = $('stop-form');

  async function does(path, body, done) {
    try {
      await send('POST', path, body);
      tell(done);
    } catch (error) {
      alertOf(error);
    }
    look();
  }

  $('stop-all').onclick = () => {
    form.reset();
    $('stop-dialog').showModal();
  };
  form.onsubmit = async event => {
    event.preventDefault();
    $('stop-dialog').close();
    await does('stop-all', {hangup: $('stop-hangup').checked, why: $('stop-why').value.trim() || null}, 'Everything is stopped');
  };
  $('hang-up-all').onclick = async () => {
    if (await sure('Hang up all calls?', 'Callees who talk are cut off. Calls not yet answered are not charged.', 'Hang up')) {
      await does('stop-all', {hangup: true}, 'All calls are hung up');
    }
  };
  $('resume-all').onclick = async () => {
    if (await sure('Resume everything?', 'The campaigns that ran go on at once. Those that are paused stay paused.', 'Resume')) {
      await does('resume-all', undefined, 'Everything is resumed');
    }
  };
}
