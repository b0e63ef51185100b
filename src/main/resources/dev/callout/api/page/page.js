// The page: what its address shows, and what is shown anew every two seconds. Whatever comes from the API is data: it is put in as
// text only.

import {listenAudit, showAudit} from './audit.js';
import {listenCampaign, showBriefly, showCampaign} from './campaign.js';
import {showCaller} from './caller.js';
import {$, say} from './dom.js';
import {listenDoNotCall, showDoNotCall} from './donotcall.js';
import {listenForm} from './form.js';
import {listenGateways, showGateways} from './gateways.js';
import {listenImport} from './importing.js';
import {look, now, shownCampaign, watch} from './live.js';
import {listenToNumbers} from './numbers.js';
import {listenOverview, showAllCalls, showCampaigns, showHalted, showSwitches} from './overview.js';
import {listenToPreview} from './preview.js';
import {listenPrompts, showPrompts} from './prompts.js';
import {showReports} from './reports.js';
import {showSchedules} from './schedules.js';
import {showSearch} from './search.js';
import {listenStopAll, showStopAll} from './stopall.js';
import {listenToTestCall} from './testcall.js';
import {fillPage, t, zone} from './texts.js';
import {failed} from './told.js';
import {watchWebhook} from './webhook.js';

/** What is shown besides campaigns, by the address behind #: the section's id, and what fills it. It gets the key of the address. */
const PLACES = {
  numbers: ['search', showSearch],
  reports: ['reports', showReports],
  schedules: ['schedules', showSchedules],
  prompts: ['prompts-place', showPrompts],
  'do-not-call': ['listed', showDoNotCall],
  gateways: ['ways-place', showGateways],
  audit: ['audit', showAudit],
};

let shownAddress = null;

/** The address tells what is shown: all campaigns, one, or another place, which may be about one row. */
function go() {
  const [, name, key] = /^#([a-z-]+?)(?:-(\d+))?$/.exec(location.hash) ?? [];
  const place = name in PLACES ? name : null;
  now.key = name === 'campaign' && key ? Number(key) : null;
  $('overview').hidden = now.key !== null || place !== null;
  $('campaign').hidden = now.key === null;
  Object.entries(PLACES).forEach(([one, [id]]) => { $(id).hidden = one !== place; });
  for (const link of document.querySelectorAll('nav a')) {
    link.hash === `#${place ?? ''}` || !link.hash && !place ? link.setAttribute('aria-current', 'page')
      : link.removeAttribute('aria-current');
  }
  if (shownAddress !== location.hash) {
    shownAddress = location.hash;
    document.title = t('page');
    if (shownCampaign()) {
      showBriefly(shownCampaign());
    }
    $(`${place ? PLACES[place][0] : now.key === null ? 'overview' : 'campaign'}-title`).focus();
    scrollTo(0, 0);
    if (place) {
      PLACES[place][1](key).catch(failed);
    }
  }
  look();
}

fillPage($('language'));
document.querySelectorAll('.zone').forEach(node => say(node, t('times', {zone})));
document.querySelectorAll('[data-close]').forEach(button => { button.onclick = () => button.closest('dialog').close(); });
$('sign-in').oncancel = event => event.preventDefault();
listenForm();
listenOverview();
listenCampaign();
listenImport();
listenToNumbers();
listenToPreview();
listenToTestCall();
listenPrompts();
listenDoNotCall();
listenGateways();
listenAudit();
listenStopAll();
watchWebhook();
watch(({caller, switches, activity, detail}) => {
  showCaller(caller);
  showSwitches(switches);
  showHalted(activity);
  showCampaigns();
  if (detail) {
    showCampaign(detail, activity);
  } else {
    showAllCalls(activity);
  }
}, showStopAll);
addEventListener('hashchange', go);
go();
