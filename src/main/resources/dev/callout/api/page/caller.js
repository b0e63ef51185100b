// Who uses the page: says so, and disables what the role does not allow, with the reason. The API decides, whatever the page does.

import {$, say} from './dom.js';

const ROLES = ['viewer', 'operator', 'admin'];

let caller = {name: 'local', role: 'admin'};

/** An element names in data-needs the role that it needs. */
export function allow(node) {
  const may = ROLES.indexOf(caller.role) >= ROLES.indexOf(node.dataset.needs);
  node.disabled = !may;
  node.title = may ? '' : `This needs the role ${node.dataset.needs}; ${caller.name} has the role ${caller.role}`;
}

export function showCaller(found) {
  caller = found;
  $('caller').hidden = caller.name === 'local';
  $('to-listed').hidden = caller.role === 'viewer';
  $('to-audit').hidden = caller.role !== 'admin';
  say($('caller'), `${caller.name}: ${caller.role}`);
  document.querySelectorAll('[data-needs]').forEach(allow);
}
