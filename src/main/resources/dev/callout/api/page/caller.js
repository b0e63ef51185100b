// Who uses the page: says so, and disables what the role does not allow, with the reason. The API decides, whatever the page does.

import {$, element, say} from './dom.js';
import {t} from './texts.js';

const ROLES = ['viewer', 'operator', 'admin'];

let caller = {name: 'local', role: 'admin'};

/** An element names in data-needs the role that it needs. */
export function allow(node) {
  const allowed = may(node.dataset.needs);
  node.disabled = !allowed;
  node.title = allowed ? '' : t('caller.needs', {role: node.dataset.needs, name: caller.name, own: caller.role});
}

/** Whether the user may do what needs this role. */
export const may = role => ROLES.indexOf(caller.role) >= ROLES.indexOf(role);

/** A button for which a user needs a role; `about` tells a screen reader what it is about. */
export function button(text, about, needs, work) {
  const made = element('button', text);
  made.type = 'button';
  if (about) {
    made.setAttribute('aria-label', t('about', {text, about}));
  }
  made.dataset.needs = needs;
  made.onclick = work;
  allow(made);
  return made;
}

export function showCaller(found) {
  caller = found;
  $('caller').hidden = caller.name === 'local';
  $('to-listed').hidden = caller.role === 'viewer';
  $('to-audit').hidden = caller.role !== 'admin';
  say($('caller'), t('caller.is', {name: caller.name, role: caller.role}));
  document.querySelectorAll('[data-needs]').forEach(allow);
}
