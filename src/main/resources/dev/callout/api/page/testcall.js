// Lets a campaign call a test number, and shows the call step by step.

import {$, clock, element} from './dom.js';
import {json, send} from './api.js';

const EVERY_MS = 700;

/** The steps of a call in words. */
const STEPS = {dialled: 'dialled', ringing: 'rings', answered: 'answered'};

let path = null;
let failed = () => {};
/** The call that is shown. */
let watched = null;

function show(call) {
  const steps = Object.keys(STEPS).filter(step => call[step])
    .map(step => `${clock.format(new Date(call[step]))} ${STEPS[step]}`);
  if (call.ended) {
    const heard = call.heard_sec === null ? '' : `, heard for ${call.heard_sec.toFixed(1)} s`;
    const pressed = call.digits ? `, pressed ${call.digits}${call.menu_answer ? ` (${call.menu_answer})` : ''}` : '';
    const by = call.answered_by ? `, answered by ${call.answered_by}` : '';
    const why = [call.hangup_cause, call.reason].filter(Boolean).map(text => `: ${text}`).join('');
    steps.push(`${clock.format(new Date(call.ended))} ${call.state === 'refused' ? 'not called' : `ended${heard}${by}${pressed}${call.agent ? `, talked with ${call.agent}` : ''}`}${why}`);
  } else if (call.answered) {
    steps.push(`for ${call.heard_sec.toFixed(0)} s`);
  } else if (!steps.length) {
    steps.push('waits for its turn …');
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

/** @param whenFailed is told what went wrong */
export function listenToTestCall(whenFailed) {
  failed = whenFailed;
  $('test-call-form').onsubmit = async event => {
    event.preventDefault();
    $('test-call').replaceChildren();
    try {
      const contact = $('test-call-contact').value.trim() || null;
      const call = await send('POST', `${path}/test-call`, {number: $('test-call-number').value.trim(), contact});
      show(call);
      await watch(call.id);
    } catch (error) {
      failed(error);
    }
  };
}
