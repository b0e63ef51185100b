// All campaigns: the tiles, the table, the switches, and what is halted on the node that answers.

import {showActions, actOnAll} from './actions.js';
import {showAttempts} from './attempts.js';
import {$, element, say} from './dom.js';
import {now} from './live.js';
import {showPlot} from './plot.js';
import {inOrder, listenSorting, showBulk, showChosen} from './sorting.js';
import {count, t} from './texts.js';
import {STATES, capOf, inLocalTime, nameOf, progressOf, stateOf, talkOf, whyOf} from './words.js';

const rows = new Map();
const CHOICES = ['', ...STATES.filter(state => state !== 'starting')];

function rowOf(campaign) {
  let row = rows.get(campaign.i_campaign);
  if (!row) {
    row = $('row').content.firstElementChild.cloneNode(true);
    row.querySelector('a').href = `#campaign-${campaign.i_campaign}`;
    rows.set(campaign.i_campaign, row);
  }
  return row;
}

/** Shows how many numbers are finished. */
export function showProgress(bar, campaign) {
  bar.max = campaign.numbers || 1;
  bar.value = campaign.finished || 0;
  bar.hidden = Boolean(campaign.destination_list);
  bar.setAttribute('aria-label', t('campaign.progress', {name: nameOf(campaign)}));
}

export function showState(node, campaign) {
  say(node, t(`state.${stateOf(campaign)}`));
  node.dataset.state = stateOf(campaign);
}

function showRow(campaign) {
  const row = rowOf(campaign);
  say(row.querySelector('a'), nameOf(campaign));
  say(row.querySelector('.why'), whyOf(campaign));
  showState(row.querySelector('.state'), campaign);
  showChosen(row.querySelector('.pick'), campaign);
  row.querySelector('.emergency').hidden = !campaign.emergency;
  row.querySelector('.emergency').title = campaign.emergency ?? '';
  showProgress(row.querySelector('progress'), campaign);
  say(row.querySelector('.of'), progressOf(campaign));
  say(row.querySelector('.cap'), capOf(campaign));
  say(row.querySelector('.talk'), campaign.calls_up > 0 ? talkOf(campaign) : '');
  say(row.querySelector('.pace .value'), count(campaign.calls_per_minute ?? 0));
  showActions(row.querySelector('.actions'), campaign);
  const wanted = $('find').value.trim().toLowerCase();
  const state = $('show').value;
  row.hidden = !nameOf(campaign).toLowerCase().includes(wanted) || state && stateOf(campaign) !== state;
  return row;
}

const visible = () => now.campaigns.filter(campaign => rows.get(campaign.i_campaign)?.hidden === false);

function showTiles() {
  const sum = field => now.campaigns.reduce((total, campaign) => total + (campaign[field] ?? 0), 0);
  const dialling = now.campaigns.filter(campaign => stateOf(campaign) === 'dialling').length;
  say($('total-up'), count(sum('in_progress')));
  say($('total-talk'), sum('calls_up') > 0
    ? talkOf({in_progress: sum('in_progress'), calls_up: sum('calls_up'), talking: sum('talking'), ringing: sum('ringing')}) : '');
  say($('total-pace'), count(sum('calls_per_minute')));
  say($('total-dialling'), t('of', {some: dialling, all: now.campaigns.length}));
  say($('total-finished'), t('of', {some: sum('finished'), all: sum('numbers')}));
}

/** Shows the table, and what is summed up of it. */
export function showCampaigns() {
  const body = $('campaigns');
  now.campaigns.forEach(campaign => Object.assign(campaign, {title: nameOf(campaign), now: stateOf(campaign)}));
  now.campaigns = inOrder(now.campaigns);
  const shown = now.campaigns.map(showRow);
  showBulk(visible());
  if (shown.length !== body.children.length || shown.some((row, i) => body.children[i] !== row)) {
    const focused = document.activeElement;
    body.replaceChildren(...shown);
    focused?.focus();
  }
  for (const key of [...rows.keys()].filter(one => !now.campaigns.some(campaign => campaign.i_campaign === one))) {
    rows.delete(key);
  }
  $('no-campaigns').hidden = shown.some(row => !row.hidden);
  say($('no-campaigns'), t(now.campaigns.length ? 'campaigns.none_found' : 'campaigns.none'));
  showTiles();
  for (const option of $('show').options) {
    const many = now.campaigns.filter(campaign => !option.value || stateOf(campaign) === option.value).length;
    say(option, t('campaigns.show.option', {state: t(`state.${option.value || 'all'}`), many}));
  }
}

/** Shows calls and attempts of all campaigns. */
export function showAllCalls(activity) {
  showPlot('all-calls', activity);
  showAttempts($('all-latest'), activity, true);
}

export function showSwitches(switches) {
  $('switches').replaceChildren(...switches.map(one => {
    const state = one.connected ? t('switch.connected') : one.last_error || t('switch.not_connected');
    const chip = element('li', one.leaving ? t('switch.removed', {name: one.name, n: one.calls_up, state})
      : t('switch.is', {name: one.name, state}), 'chip');
    chip.dataset.good = one.connected;
    chip.dataset.name = one.name;
    return chip;
  }));
}

/** Somebody did that on purpose, and may have forgotten it. */
export function showHalted(activity) {
  $('halted').hidden = activity.halted.length === 0;
  say($('halted'), activity.halted.length
    ? inLocalTime(t('node.halted', {node: activity.node, what: activity.halted.join(', ')})) : '');
}

export function listenOverview() {
  $('show').append(...CHOICES.map(state => new Option(t(`state.${state || 'all'}`), state)));
  $('find').oninput = showCampaigns;
  $('show').onchange = showCampaigns;
  listenSorting(visible, showCampaigns, actOnAll);
}
