// What is done with many numbers of a campaign at once: those not reached are called again, and an import is undone.

import {$, count, date, element} from './dom.js';
import {json, send} from './api.js';
import {allow} from './caller.js';

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

function button(text, label, action) {
  const made = element('button', text);
  made.type = 'button';
  made.dataset.needs = 'operator';
  made.setAttribute('aria-label', label);
  made.onclick = action;
  allow(made);
  return made;
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

function showGroups(groups, callAgain) {
  const boxes = groups.map(group => {
    const label = element('label', undefined, 'check');
    const box = element('input');
    box.type = 'checkbox';
    box.checked = true;
    label.append(box, ` ${group.status}${group.hangup_cause ? `, ${group.hangup_cause}` : ''}: ${count(group.numbers)}`);
    return [box, group, label];
  });
  const chosen = () => boxes.filter(([box]) => box.checked).map(([, group]) => group);
  const go = button('', 'Call those again', () => callAgain(requests(groups, chosen())));
  const tell = () => {
    const numbers = chosen().reduce((sum, group) => sum + group.numbers, 0);
    go.textContent = `Call ${count(numbers)} again`;
    go.hidden = numbers === 0;
  };
  boxes.forEach(([box]) => { box.onchange = tell; });
  tell();
  $('again').replaceChildren(...boxes.map(([, , label]) => label),
    groups.length ? go : element('p', 'All were reached, or are called again anyway, or must not be called.'));
}

/**
 * @param failed is told what went wrong
 * @param sure   asks before something that cannot be taken back
 * @param tell   says what was done
 * @param look   shows the campaign anew
 */
export function listenToNumbers(failed, sure, tell, look) {
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
    tell(`${count(reopened)} numbers are called again`);
    look();
  });

  $('again-form').onsubmit = event => {
    event.preventDefault();
    doing(async () => showGroups((await send('POST', `${path}/call-again?dry-run=true`, {})).groups, callAgain));
  };

  const undo = one => doing(async () => {
    if (await sure(`Undo the import of ${one.file ?? date.format(new Date(one.at))}?`,
      'Its numbers that were never called are removed. The others are not called again.', 'Undo')) {
      const done = await send('POST', `imports/${one.i_import}/undo`);
      const still = done.in_progress ? `, ${count(done.in_progress)} of them in a call now: undo it again after them` : '';
      tell(`${count(done.removed)} removed, ${count(done.already_called)} already called${still}`);
      await showImports();
      $('imports').prepend(element('p', $('done').textContent));
      look();
    }
  });

  async function showImports() {
    const {imports} = await json(`imports?campaign=${key}&limit=20`);
    $('imports').replaceChildren(...imports.map(one => {
      const row = element('p');
      const at = date.format(new Date(one.at));
      const name = one.file ?? 'without a name';
      row.append(element('strong', name), ` ${count(one.accepted)} numbers, ${at}, by ${one.who} `,
        one.undone ? element('span', `undone ${date.format(new Date(one.undone))}`, 'muted') : '');
      row.title = `SHA-256 ${one.sha256}`;
      row.append(' ', button('Undo', `Undo the import of ${name}, ${at}`, () => undo(one)));
      return row;
    }), ...imports.length ? [] : [element('p', 'Nothing was imported by page, API or command.')]);
  }

  $('imports-form').onsubmit = event => {
    event.preventDefault();
    doing(showImports);
  };
}
