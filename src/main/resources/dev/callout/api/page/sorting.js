// The table of campaigns: its order, which campaigns are chosen, and what is done with all chosen ones.

import {$, say} from './dom.js';
import {allow} from './caller.js';
import {names, t} from './texts.js';
import {STATES} from './words.js';

/** By what each column is compared; numbers begin with the largest. */
const COLUMNS = {
  name: {of: campaign => campaign.title},
  state: {of: campaign => STATES.indexOf(campaign.now)},
  finished: {of: campaign => (campaign.numbers ? campaign.finished / campaign.numbers : 0), down: true},
  up: {of: campaign => campaign.in_progress ?? 0, down: true},
  pace: {of: campaign => campaign.calls_per_minute ?? 0, down: true},
};

let column = 'state';
let down = false;
const chosen = new Set();

function compared(a, b) {
  const difference = typeof a === 'string' ? names.compare(a, b) : a - b;
  return down ? -difference : difference;
}

/** Campaigns in the chosen order: by default those that run come first. `title` and `now` are their names and states. */
export function inOrder(campaigns) {
  const of = COLUMNS[column].of;
  return [...campaigns].sort((a, b) => compared(of(a), of(b)) || names.compare(a.title, b.title));
}

function showOrder() {
  for (const button of document.querySelectorAll('[data-sort]')) {
    const mine = button.dataset.sort === column;
    button.closest('th').setAttribute('aria-sort', mine ? (down ? 'descending' : 'ascending') : 'none');
    button.lastElementChild.textContent = mine ? (down ? ' ▼' : ' ▲') : '';
  }
  $('order').value = column;
}

/** Shows of a row whether its campaign is chosen. */
export function showChosen(box, campaign) {
  box.setAttribute('aria-label', t('campaigns.choose', {name: campaign.title}));
  box.dataset.pick = campaign.i_campaign;
  box.checked = chosen.has(campaign.i_campaign);
}

/** Campaigns that are not shown are not chosen: nobody could see what happens to them. */
export function showBulk(shown) {
  const keys = new Set(shown.map(campaign => campaign.i_campaign));
  [...chosen].filter(key => !keys.has(key)).forEach(key => chosen.delete(key));
  $('bulk').hidden = chosen.size === 0;
  say($('bulk-count'), t('bulk.chosen', {n: chosen.size}));
  $('pick-all').checked = keys.size > 0 && chosen.size === keys.size;
  $('pick-all').indeterminate = chosen.size > 0 && chosen.size < keys.size;
  $('bulk').querySelectorAll('button').forEach(allow);
}

/**
 * @param shown   gives the campaigns that are shown
 * @param changed is told that something else is to be shown
 * @param does    does an action to campaigns, after it has asked
 */
export function listenSorting(shown, changed, does) {
  const sortBy = (name, turn) => {
    down = turn && name === column ? !down : Boolean(COLUMNS[name].down);
    column = name;
    showOrder();
    changed();
  };
  document.querySelectorAll('[data-sort]').forEach(button => { button.onclick = () => sortBy(button.dataset.sort, true); });
  $('order').onchange = () => sortBy($('order').value, false);
  $('campaigns').addEventListener('change', event => {
    const key = Number(event.target.dataset.pick);
    if (key) {
      event.target.checked ? chosen.add(key) : chosen.delete(key);
      changed();
    }
  });
  $('pick-all').onchange = () => {
    chosen.clear();
    if ($('pick-all').checked) {
      shown().forEach(campaign => chosen.add(campaign.i_campaign));
    }
    changed();
  };
  $('bulk').addEventListener('click', async event => {
    const action = event.target.dataset.bulk;
    if (action && await does(action, shown().filter(campaign => chosen.has(campaign.i_campaign)))) {
      chosen.clear();
      changed();
    }
  });
  showOrder();
}
