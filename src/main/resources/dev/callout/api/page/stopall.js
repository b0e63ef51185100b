// Stopping and resuming everything, on all nodes.

import {json, send} from './api.js';
import {$, say} from './dom.js';
import {look} from './live.js';
import {t} from './texts.js';
import {failed, sure, tell} from './told.js';

/** Shows on top of the page, whatever it shows, that everything is stopped. */
export async function showStopAll() {
  const state = await json('stop-all');
  const told = state.stopped && [t('stop_all.since', {at: new Date(state.stopped_at), who: state.stopped_by,
    why: state.why ? t('stop_all.because', {why: state.why}) : ''}), t(state.hangup ? 'stop_all.hung_up' : 'stop_all.go_on'),
  state.not_obeyed_by.length && t('stop_all.deaf', {nodes: state.not_obeyed_by.join(', ')})].filter(Boolean);
  $('stopped').hidden = !state.stopped;
  $('stop-all').hidden = state.stopped;
  $('hang-up-all').hidden = state.hangup;
  say($('stopped-text'), told ? told.join(' ') : '');
}

export function listenStopAll() {
  const form = $('stop-form');

  async function does(path, body, done) {
    try {
      await send('POST', path, body);
      tell(done);
    } catch (error) {
      failed(error);
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
    await does('stop-all', {hangup: $('stop-hangup').checked, why: $('stop-why').value.trim() || null}, t('stop_all.done'));
  };
  $('hang-up-all').onclick = async () => {
    if (await sure(t('hang_up_all.title'), t('hang_up_all.about'), t('hang_up_all.yes'))) {
      await does('stop-all', {hangup: true}, t('hang_up_all.done'));
    }
  };
  $('resume-all').onclick = async () => {
    if (await sure(t('resume_all.title'), t('resume_all.about'), t('action.resume'))) {
      await does('resume-all', undefined, t('resume_all.done'));
    }
  };
}
