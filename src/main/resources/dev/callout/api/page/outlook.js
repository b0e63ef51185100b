// Of one campaign: why calls ended, when it will be done, and by what hours and gateway it calls.

import {json} from './api.js';
import {$, element, make, say} from './dom.js';
import {count, t} from './texts.js';
import {span} from './words.js';

const EVERY_MS = 30_000;
/** Causes are those of a day: a campaign may have millions of attempts. */
const LOOKED_BACK_MS = 86_400_000;
const MOST_CAUSES = 8;

let key = null;
let asked = 0;
let names = {};

/** Takes away what was shown of another campaign. */
export function forgetOutlook(campaign) {
  if (key !== campaign) {
    key = campaign;
    asked = 0;
    names = {};
    $('causes').replaceChildren();
    $('terms').replaceChildren();
    say($('expected'), '');
  }
}

/**
 * When all numbers will be finished: by the calls that a number has taken so far, and the calls made in the last half hour, as
 * far as the campaign has dialled in it.
 */
function expectedOf(campaign, activity) {
  const made = activity.made.slice(0, -1);
  const first = made.findIndex(calls => calls > 0);
  const seconds = (made.length - first) * activity.step_sec;
  const pace = first < 0 ? 0 : made.slice(first).reduce((sum, calls) => sum + calls, 0) / seconds;
  if (campaign.destination_list || !pace || !campaign.finished || !campaign.calls_made || campaign.finished >= campaign.numbers) {
    return '';
  }
  const left = (campaign.numbers - campaign.finished) * Math.max(1, campaign.calls_made / campaign.finished) / pace;
  return t('campaign.expected', {span: span(left), at: new Date(Date.now() + left * 1000)});
}

async function showCauses(campaign) {
  const query = new URLSearchParams({campaign, by: 'cause', from: new Date(Date.now() - LOOKED_BACK_MS).toISOString()});
  const {rows} = await json(`reports?${query}`);
  const most = Math.max(1, ...rows.map(row => row.attempts));
  if (campaign === key) {
    $('causes').replaceChildren(...rows.sort((a, b) => b.attempts - a.attempts).slice(0, MOST_CAUSES).map(row =>
      make('li', {}, element('span', row.cause ?? t('report.unknown')), make('meter', {max: most, value: row.attempts,
        ariaLabel: t('causes.of', {cause: row.cause ?? t('report.unknown')})}), element('strong', count(row.attempts)))),
    ...rows.length ? [] : [element('li', t('causes.none'), 'empty')]);
  }
}

/** The name of a row that a column of the campaign names. */
async function nameOf(path, value) {
  names[path] ??= await json(`${path}/${value}`).then(row => row.name || row.file || String(value)).catch(() => String(value));
  return names[path];
}

async function showTerms(campaign) {
  const [schedule, prompt, menu] = await Promise.all([['schedules', campaign.i_schedule], ['prompts', campaign.i_ivr_prompt],
    ['menus', campaign.i_menu]].map(([path, value]) => value && nameOf(path, value)));
  const pairs = [
    ['gateway', campaign.gateway_group ? t('terms.group', {name: campaign.gateway_group}) : campaign.profile_gateway, '#gateways'],
    ['caller_id', campaign.cli ?? (campaign.caller_id_pool && t('terms.pool', {name: campaign.caller_id_pool}))],
    ['hours', schedule ?? t('terms.any_hour'), schedule && `#schedules-${campaign.i_schedule}`],
    ['zone', campaign.timezone],
    ['heard', menu ?? prompt ?? campaign.action_on_answer],
  ];
  if (campaign.i_campaign === key) {
    $('terms').replaceChildren(...pairs.map(([name, text, href]) => make('div', {}, element('dt', t(`terms.${name}`)),
      make('dd', {}, href && text ? make('a', {href, textContent: text}) : text ?? t('terms.none')))));
  }
}

export function showOutlook(campaign, activity, state) {
  say($('expected'), state === 'dialling' ? expectedOf(campaign, activity) : '');
  if (Date.now() - asked > EVERY_MS) {
    asked = Date.now();
    // The page itself tells when the API is away.
    Promise.all([showCauses(campaign.i_campaign), showTerms(campaign)]).catch(() => { asked = 0; });
  }
}
