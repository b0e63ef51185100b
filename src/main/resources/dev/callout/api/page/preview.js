// What would become of a campaign's numbers if it dialled now: counts on request, each group as a file, and one number.

import {$, count, date, element} from './dom.js';
import {ask, json, problem} from './api.js';

/** The groups in words. */
const GROUPS = {
  now: 'may be called now', later: 'wait for their next attempt', closed: 'outside a schedule', capped: 'called often enough by a rule',
  ruled_out: 'ruled out until something is changed', do_not_call: 'on a do-not-call list', no_number: 'no number to dial',
  duplicate: 'telephone was reached by another number', in_progress: 'in a call', elsewhere: 'in use by another program',
  finished: 'finished',
};

let path = null;
let failed = () => {};

const since = instant => instant ? `, from ${date.format(new Date(instant))}` : '';

async function save(group) {
  const response = await ask(`${path}/preview?format=csv&group=${group}`);
  if (!response.ok) {
    throw await problem(response);
  }
  const link = element('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `preview-${group}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function groupOf(group) {
  const item = element('li');
  const button = element('button', 'CSV');
  button.type = 'button';
  button.setAttribute('aria-label', `CSV of numbers: ${GROUPS[group.group]}`);
  button.onclick = () => save(group.group).catch(failed);
  const reasons = group.reasons.slice(0, 5).map(one => `${count(one.numbers)} ${one.reason}${since(one.first)}`);
  item.append(element('strong', count(group.numbers)), element('span', `${GROUPS[group.group]}${since(group.first)}`), button,
    element('span', reasons.join('; '), 'about'));
  return item;
}

const zonesOf = one => element('p', `${count(one.numbers)} numbers of ${one.calling_code} may be in ${one.zones} time zones: `
  + `calls are allowed ${count(one.minutes_a_day)} minutes of the next 24 hours.`);

function show(preview) {
  const list = element('ul', undefined, 'attempts');
  list.append(...preview.groups.map(groupOf));
  const parts = [list, ...preview.several_zones.slice(0, 5).map(zonesOf)];
  if (!preview.complete) {
    parts.push(element('p', `Only ${count(preview.judged)} of ${count(preview.numbers)} numbers were judged in time.`));
  }
  parts.push(element('p', `As of ${date.format(new Date(preview.as_of))}.`, 'muted'));
  $('preview').replaceChildren(...parts);
}

function tell(found) {
  const told = found.map(one => `${one.cld ?? ''}: ${GROUPS[one.group]}${since(one.from)}`
    + (one.detail || one.reason ? ` – ${one.detail ?? one.reason}` : ''));
  $('preview').replaceChildren(...(told.length ? told : ['The campaign has no such number.']).map(text => element('p', text)));
}

/** Takes away what was shown of another campaign. */
export function forget(campaignPath) {
  if (path !== campaignPath) {
    path = campaignPath;
    $('preview').replaceChildren();
  }
}

/** @param whenFailed is told what went wrong */
export function listenToPreview(whenFailed) {
  failed = whenFailed;
  $('preview-form').onsubmit = async event => {
    event.preventDefault();
    const number = $('preview-number').value.trim();
    $('preview').replaceChildren(element('p', 'Looking at the numbers …'));
    try {
      if (number) {
        tell((await json(`${path}/preview?${new URLSearchParams({number})}`)).found);
      } else {
        show(await json(`${path}/preview`));
      }
    } catch (error) {
      $('preview').replaceChildren();
      failed(error);
    }
  };
}
