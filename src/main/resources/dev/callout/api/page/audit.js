// Who changed what: a page of the audit at a time, the latest first.

import {json} from './api.js';
import {$, rowOf} from './dom.js';
import {date, t} from './texts.js';
import {failed, onSubmit} from './told.js';

const AT_ONCE = 50;

let last = null;

const valueOf = value => value === null ? t('audit.nothing') : typeof value === 'string' ? value : JSON.stringify(value);

function changeOf([field, change]) {
  if (change?.hidden) {
    return t('audit.changed', {field});
  }
  return change !== null && typeof change === 'object' && 'after' in change
    ? `${field}: ${valueOf(change.before)} → ${valueOf(change.after)}` : `${field}: ${valueOf(change)}`;
}

const row = entry => rowOf([date(entry.at), entry.who, entry.source, entry.action, entry.object,
  Object.entries(entry.changes ?? {}).map(changeOf).join(', ')]);

async function load(after) {
  const query = new URLSearchParams({limit: AT_ONCE, after});
  for (const filter of ['who', 'action', 'object']) {
    const text = $(`audit-${filter}`).value.trim();
    if (text) {
      query.set(filter, text);
    }
  }
  const page = await json(`audit?${query}`);
  const rows = page.audit.map(row);
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

export function listenAudit() {
  onSubmit($('audit-filter'), () => load(0));
  $('audit-older').onclick = () => load(last).catch(failed);
}
