// Who changed what: a page of the audit at a time, the latest first.

import {$, date, element} from './dom.js';
import {json} from './api.js';

const AT_ONCE = 50;

let last = null;

const valueOf = value => value === null ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);

function changeOf([field, change]) {
  if (change?.hidden) {
    return `${field}: changed`;
  }
  return change !== null && typeof change === 'object' && 'after' in change
    ? `${field}: ${valueOf(change.before)} → ${valueOf(change.after)}` : `${field}: ${valueOf(change)}`;
}

function rowOf(entry) {
  const cells = [date.format(new Date(entry.at)), entry.who, entry.source ?? '', entry.action, entry.object,
    Object.entries(entry.changes ?? {}).map(changeOf).join(', ')];
  const row = element('tr');
  row.append(...cells.map(text => element('td', text)));
  return row;
}

async function load(after) {
  const query = new URLSearchParams({limit: AT_ONCE, after});
  for (const filter of ['who', 'action', 'object']) {
    const text = $(`audit-${filter}`).value.trim();
    if (text) {
      query.set(filter, text);
    }
  }
  const page = await json(`audit?${query}`);
  const rows = page.audit.map(rowOf);
  if (after) {
    $('audit-entries').append(...rows);
  } else {
    $('audit-entries').replaceChildren(...rows);
  }
  last = page.next;
  $('audit-older').hidden = last === null;
  $('no-audit').hidden = $('audit-entries').children.length > 0;
}

/** Shows the latest entries. */
export const showAudit = () => load(0);

/** @param failed is told what went wrong */
export function listen(failed) {
  $('audit-filter').onsubmit = event => {
    event.preventDefault();
    load(0).catch(failed);
  };
  $('audit-older').onclick = () => load(last).catch(failed);
}
