// One campaign: how it stands, and what is done with it as a whole.

import {showActions} from './actions.js';
import {save, json, send} from './api.js';
import {showAttempts} from './attempts.js';
import {$, element, make, say} from './dom.js';
import {columnIn, missingIn} from './fields.js';
import {edit} from './form.js';
import {shownCampaign} from './live.js';
import {forgetNumbers} from './numbers.js';
import {forgetOutlook, showOutlook} from './outlook.js';
import {showProgress, showState} from './overview.js';
import {showPlot} from './plot.js';
import {forget} from './preview.js';
import {forgetTestCall} from './testcall.js';
import {count, t} from './texts.js';
import {failed, onSubmit, sure, tell} from './told.js';
import {STATUSES, capOf, inLocalTime, nameOf, pathOf, progressOf, statusOf, stateOf, talkOf, whyOf} from './words.js';

/** Of the exported attempts; each has a link of that id. */
const FORMATS = ['csv', 'json', 'xlsx'];

function showRun(campaign) {
  const values = {begun: new Date(campaign.run_started), ended: new Date(campaign.run_ended)};
  say($('run'), !campaign.run_started ? t('run.none') : t(campaign.run_ended ? 'run.ended' : 'run.begun', values));
  const planned = (campaign.timetable ?? [])
      .map(one => one.problem ?? (one.next ? t('run.planned', {action: one.action, at: one.next}) : ''));
  say($('planned'), inLocalTime(planned.filter(text => text).join(', ').replace(/^./, first => first.toUpperCase())));
}

function showStatuses(campaign, statuses) {
  const known = [...STATUSES, ...Object.keys(statuses).filter(status => !STATUSES.includes(status))];
  $('statuses').replaceChildren(...known.filter(status => statuses[status]).map(status => {
    const again = campaign.to_retry?.[status];
    return make('div', {}, element('dt', statusOf(status)), element('dd', count(statuses[status])),
      again && element('dd', t('numbers.again', {n: again}), 'again'));
  }));
}

/** All that is missing before the start, each with a link to where it is mended. */
function missingOf(campaign) {
  const told = [campaign.why_idle ?? '', ...campaign.warnings].join(' ');
  // What the dialler says itself is not said twice.
  const found = missingIn(campaign).filter(([field]) => !new RegExp(`\\b${field}\\b`).test(told))
      .map(([field, key]) => [t(key), () => edit(campaign, field)]);
  const toField = sentence => {
    const column = columnIn(sentence) ?? (/caller ID/.test(sentence) ? 'cli' : null);
    return [inLocalTime(sentence), column && (() => edit(campaign, column))];
  };
  if (campaign.why_idle && !['paused', 'run_ended'].includes(campaign.idle_reason)) {
    found.push(toField(campaign.why_idle));
  }
  found.push(...campaign.warnings.map(toField));
  if (campaign.numbers === 0 && !campaign.destination_list) {
    found.push([t('missing.numbers'), () => $('file').focus()]);
  }
  return found;
}

function showMissing(campaign) {
  const found = campaign.paused && campaign.warnings ? missingOf(campaign) : [];
  $('campaign-warnings').hidden = found.length > 0;
  $('missing').hidden = found.length === 0;
  const shown = JSON.stringify(found.map(([text]) => text));
  if ($('missing-list').dataset.shown !== shown) {
    $('missing-list').dataset.shown = shown;
    $('missing-list').replaceChildren(...found.map(([text, onclick]) =>
      make('li', {}, onclick ? make('button', {type: 'button', className: 'link', textContent: text, onclick}) : text)));
  }
}

function show(campaign, statuses) {
  say($('campaign-title'), nameOf(campaign));
  document.title = t('page.title', {name: nameOf(campaign)});
  showState($('campaign-state'), campaign);
  say($('campaign-why'), whyOf(campaign));
  $('campaign-emergency').hidden = !campaign.emergency;
  say($('campaign-emergency'), campaign.emergency ? t('campaign.emergency', {why: campaign.emergency}) : '');
  forget(pathOf(campaign));
  forgetNumbers(pathOf(campaign), campaign.i_campaign);
  forgetTestCall(pathOf(campaign));
  forgetOutlook(campaign.i_campaign);
  showActions($('campaign-actions'), campaign);
  say($('campaign-finished'), progressOf(campaign));
  showProgress($('campaign-progress'), campaign);
  say($('campaign-up'), capOf(campaign));
  say($('campaign-talk'), campaign.calls_up > 0 ? talkOf(campaign) : '');
  say($('campaign-pace'), count(campaign.calls_per_minute ?? 0));
  say($('campaign-run'), count(campaign.calls_made ?? 0));
  showRun(campaign);
  FORMATS.forEach(format => { $(format).href = `api/${pathOf(campaign)}/attempts?format=${format}`; });
  $('to-its-report').href = `#reports-${campaign.i_campaign}`;
  $('to-its-numbers').href = `#numbers-${campaign.i_campaign}`;
  $('import').hidden = Boolean(campaign.destination_list);
  if (campaign.warnings) {
    $('campaign-warnings').replaceChildren(
      ...campaign.warnings.map(warning => element('li', t('campaign.warning', {warning}))));
  }
  showMissing(campaign);
  showStatuses(campaign, statuses);
}

/** Shows what the list of campaigns has of it, until the rest comes. */
export function showBriefly(campaign) {
  $('report').replaceChildren();
  show(campaign, {});
}

/** Shows it, and its calls. */
export function showCampaign(campaign, activity) {
  show(campaign, campaign.statuses);
  showOutlook(campaign, activity, stateOf(campaign));
  showPlot('campaign-calls', activity);
  showAttempts($('latest'), activity, false);
}

async function remove() {
  const campaign = shownCampaign();
  const there = await json(`${pathOf(campaign)}?dry-run=true`, {method: 'DELETE'});
  const stays = t(there.numbers ? 'delete.stay' : 'delete.attempts_stay', {attempts: there.attempts, numbers: there.numbers});
  if (!await sure(t('delete.title', {name: nameOf(campaign)}), stays, t('delete'),
    there.numbers ? t('delete.numbers', {n: there.numbers}) : undefined)) {
    return;
  }
  await json(`${pathOf(campaign)}?numbers=${$('ask-more').checked ? 'remove' : 'keep'}`, {method: 'DELETE'});
  tell(t('done.deleted', {name: nameOf(campaign)}));
  location.hash = '';
}

async function clone() {
  const made = await send('POST', `${pathOf(shownCampaign())}/clone`, {name: $('clone-name').value.trim()});
  $('clone-dialog').close();
  tell(t('done.cloned', {name: nameOf(made)}));
  location.hash = `#campaign-${made.i_campaign}`;
}

export function listenCampaign() {
  for (const format of FORMATS) {
    $(format).onclick = event => {
      // A link carries no token.
      if (sessionStorage.getItem('token')) {
        event.preventDefault();
        save($(format).getAttribute('href').replace(/^api\//, ''), `attempts.${format}`).catch(failed);
      }
    };
  }
  $('change').onclick = () => edit(shownCampaign());
  $('delete').onclick = () => remove().catch(failed);
  $('clone').onclick = () => {
    $('clone-problem').hidden = true;
    $('clone-name').value = t('clone.name', {name: nameOf(shownCampaign())});
    $('clone-dialog').showModal();
    $('clone-name').select();
  };
  onSubmit($('clone-form'), () => clone().catch(error => {
    $('clone-problem').textContent = error.message;
    $('clone-problem').hidden = false;
  }));
}
