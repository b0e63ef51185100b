// Lets a campaign call a test number, and shows the call step by step.

import {json, send} from './api.js';
import {$, element} from './dom.js';
import {clock, t} from './texts.js';
import {failed, onSubmit} from './told.js';

const EVERY_MS = 700;

/** The steps of a call, each with its instant. */
const STEPS = ['dialled', 'ringing', 'answered'];

let path = null;
/** The call that is shown. */
let watched = null;

function endOf(call) {
  const parts = [t(call.state === 'refused' ? 'test_call.refused' : 'test_call.ended')];
  if (call.heard_sec !== null) {
    parts.push(t('test_call.heard', {n: Number(call.heard_sec.toFixed(1))}));
  }
  if (call.answered_by) {
    parts.push(t(`test_call.by.${call.answered_by}`));
  }
  if (call.digits) {
    parts.push(call.menu_answer ? t('test_call.answered_menu', {digits: call.digits, answer: call.menu_answer})
      : t('attempt.pressed', {digits: call.digits}));
  }
  if (call.agent) {
    parts.push(t('attempt.agent', {agent: call.agent}));
  }
  return [parts.join(', '), call.hangup_cause, call.reason].filter(Boolean).join(': ');
}

function show(call) {
  const steps = STEPS.filter(step => call[step]).map(step => `${clock(call[step])} ${t(`test_call.${step}`)}`);
  if (call.ended) {
    steps.push(`${clock(call.ended)} ${endOf(call)}`);
  } else if (call.answered) {
    steps.push(t('test_call.lasts', {n: Math.round(call.heard_sec)}));
  } else if (!steps.length) {
    steps.push(t('test_call.waits'));
  }
  $('test-call').replaceChildren(...steps.map(text => element('p', text)));
}

async function watch(id) {
  for (watched = id; watched === id;) {
    const call = await json(`test-calls/${id}`);
    if (watched === id) {
      show(call);
    }
    if (call.ended) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, EVERY_MS));
  }
}

/** Takes away what was shown of another campaign. */
export function forgetTestCall(campaignPath) {
  if (path !== campaignPath) {
    path = campaignPath;
    watched = null;
    $('test-call').replaceChildren();
  }
}

export function listenToTestCall() {
  onSubmit($('test-call-form'), async () => {
    $('test-call').replaceChildren();
    const contact = $('test-call-contact').value.trim() || null;
    const call = await send('POST', `${path}/test-call`, {number: $('test-call-number').value.trim(), contact});
    show(call);
    // Not awaited: another test call may be made meanwhile.
    watch(call.id).catch(failed);
  });
}
