// What is done with many numbers of a campaign at once: those not reached are called again, and an import is undone.

import {json, send} from './api.js';
import {button as buttonFor} from './caller.js';
import {$, element} from './dom.js';
import {look} from './live.js';
import {date, t} from './texts.js';
import {onSubmit, failed, sure, tell} from './told.js';
import {statusOf} from './words.js';

let path = null;
let key = null;

/** Takes away what was shown of another campaign. */
export function forgetNumbers(campaignPath, campaignKey) {
  if (path !== campaignPath) {
    path = campaignPath;
    key = campaignKey;
    $('again').replaceChildren();
    $('imports').replaceChildren();
  }
}

/** One request a status: within one, all causes, or those that are chosen. */
function requests(groups, chosen) {
  return [...new Set(chosen.map(group => group.status))].map(status => {
    const all = groups.filter(group => group.status === status);
    const some = chosen.filter(group => group.status === status);
    return {statuses: [status],
      causes: some.length === all.length ? null : some.map(group => group.hangup_cause).filter(cause => cause !== null)};
  });
}

function showGroups(groups) {
  const boxes = groups.map(group => {
    const label = element('label', undefined, 'check');
    const box = element('input');
    box.type = 'checkbox';
    box.checked = true;
    label.append(box, ` ${t('again.group', {what: [statusOf(group.status), group.hangup_cause].filter(Boolean).join(', '),
      n: group.numbers})}`);
    return [box, group, label];
  });
  const chosen = () => boxes.filter(([box]) => box.checked).map(([, group]) => group);
  const go = buttonFor('', null, 'operator', () => callAgain(requests(groups, chosen())));
  go.setAttribute('aria-label', t('again.those'));
  const tell = () => {
    const numbers = chosen().reduce((sum, group) => sum + group.numbers, 0);
    go.textContent = t('again.do', {n: numbers});
    go.hidden = numbers === 0;
  };
  boxes.forEach(([box]) => { box.onchange = tell; });
  tell();
  $('again').replaceChildren(...boxes.map(([, , label]) => label),
    groups.length ? go : element('p', t('again.none')));
}

async function doing(work) {
  try {
    await work();
  } catch (error) {
    failed(error);
  }
}

const callAgain = bodies => doing(async () => {
  let reopened = 0;
  for (const body of bodies) {
    reopened += (await send('POST', `${path}/call-again`, body)).reopened;
  }
  $('again').replaceChildren();
  tell(t('again.done', {n: reopened}));
  look();
});

const undo = one => doing(async () => {
  if (await sure(t('undo.title', {file: one.file ?? date(one.at)}), t('undo.about'), t('undo'))) {
    const done = await send('POST', `imports/${one.i_import}/undo`);
    tell(t(done.in_progress ? 'undo.done_but' : 'undo.done',
      {removed: done.removed, called: done.already_called, calls: done.in_progress}));
    await showImports();
    $('imports').prepend(element('p', $('done').textContent));
    look();
  }
});

async function showImports() {
  const {imports} = await json(`imports?campaign=${key}&limit=20`);
  $('imports').replaceChildren(...imports.map(one => {
    const row = element('p');
    const at = new Date(one.at);
    const name = one.file ?? t('imports.nameless');
    row.append(element('strong', name), ` ${t('imports.one', {n: one.accepted, at, who: one.who})} `,
      one.undone ? element('span', t('imports.undone', {at: new Date(one.undone)}), 'muted') : '');
    row.title = t('imports.hash', {hash: one.sha256});
    const button = buttonFor(t('undo'), null, 'operator', () => undo(one));
    button.setAttribute('aria-label', t('imports.undo', {name, at}));
    row.append(' ', button);
    return row;
  }), ...imports.length ? [] : [element('p', t('imports.none'))]);
}

export function listenToNumbers() {
  onSubmit($('again-form'), async () =>
    showGroups((await send('POST', `${path}/call-again?dry-run=true`, {})).groups));
  onSubmit($('imports-form'), showImports);
}
