// Starting, pausing, resuming and stopping campaigns: one by its buttons, or several that are chosen.

import {allow} from './caller.js';
import {Problem, send} from './api.js';
import {say} from './dom.js';
import {look, now} from './live.js';
import {busy, failed, sure, tell} from './told.js';
import {t} from './texts.js';
import {nameOf, pathOf} from './words.js';

/** What the first button does: the page offers what the state asks for. */
function toggleOf(campaign) {
  if (!campaign.paused) {
    return 'pause';
  }
  return campaign.run_started && !campaign.run_ended ? 'resume' : 'start';
}

/** Shows the buttons of a campaign. */
export function showActions(group, campaign) {
  for (const button of group.querySelectorAll('[data-action]')) {
    const action = button.dataset.action === 'toggle' ? toggleOf(campaign) : button.dataset.action;
    say(button, t(`action.${action}`));
    button.setAttribute('aria-label', t('about', {text: t(`action.${action}`), about: nameOf(campaign)}));
    button.dataset.key = campaign.i_campaign;
    button.dataset.does = action;
    allow(button);
    const hidden = action === 'stop' && button.dataset.action === 'stop'
        ? campaign.paused && !(campaign.run_started && !campaign.run_ended)
        : button.dataset.action === 'resume' && !(campaign.paused && campaign.run_ended);
    if (hidden && button === document.activeElement) {
      group.querySelector('[data-action=toggle]').focus();
    }
    button.hidden = hidden;
  }
}

async function act(campaign, action) {
  if (action === 'stop' && !await sure(t('stop.title', {name: nameOf(campaign)}), t('stop.about'), t('action.stop'))) {
    return;
  }
  const state = await send('POST', `${pathOf(campaign)}/${action}`);
  const done = t(`done.${action}`, {name: nameOf(campaign)});
  tell(done);
  if (['start', 'resume'].includes(action) && state.warnings?.length) {
    failed(new Problem(t('done.warned', {done, warnings: state.warnings.join('; ')})));
  }
}

document.addEventListener('click', event => {
  const button = event.target.closest('[data-does]');
  const campaign = button && now.campaigns.find(one => String(one.i_campaign) === button.dataset.key);
  if (campaign) {
    busy(button, () => act(campaign, button.dataset.does)).then(look);
  }
});

/** Which campaigns an action changes. */
const CHANGED = {start: campaign => campaign.paused, pause: campaign => !campaign.paused};

/** Does it to those that it changes, one after the other; resolves to whether it was done. What fails is told, and the rest done. */
export async function actOnAll(action, chosen) {
  const which = chosen.filter(CHANGED[action]);
  const about = t(`bulk.${action}.about`);
  if (!await sure(t(`bulk.${action}.title`, {some: which.length, all: chosen.length}),
    which.length < chosen.length ? t('bulk.others', {about}) : about, t(`action.${action}`))) {
    return false;
  }
  const wrong = [];
  for (const campaign of which) {
    await send('POST', `${pathOf(campaign)}/${action}`).catch(error => wrong.push(`${nameOf(campaign)}: ${error.message}`));
  }
  tell(t(`bulk.${action}.done`, {n: which.length - wrong.length}));
  if (wrong.length) {
    failed(new Problem(wrong.join('; ')));
  }
  look();
  return true;
}
