// Prompts: uploading a file, listening to it, what plays it, and removing it.

import {$, count, date, element} from './dom.js';
import {all, ask, json, problem, send} from './api.js';
import {allow} from './caller.js';

/** All that this part says. */
const TEXTS = {
  seconds: length => `${(length / 1000).toFixed(1)} s`,
  rate: rate => `${count(rate)} Hz`,
  listen: 'Listen',
  listenTo: name => `Listen to ${name}`,
  remove: 'Remove',
  removeName: name => `Remove ${name}`,
  sure: name => `Remove ${name}?`,
  gone: 'Nothing plays it. Its copies stay in the folders of the nodes.',
  removed: name => `${name} is removed`,
  usedBy: users => `Used by ${users}`,
  uploading: name => `Uploading ${name} …`,
  uploaded: (prompt, file) => `Prompt ${prompt} plays ${file.name}, ${TEXTS.seconds(file.duration_ms)}`,
  taken: name => `There is a prompt ${name} already: choose another name, or let it play the new file`,
  several: name => `Several prompts are called ${name}: change the right one through the API`,
  nothing: 'nothing',
};

/** What is heard, and the address of its sound, which must be given back. */
let sound = null;

async function play(file) {
  const response = await ask(`prompt-files/${file.i_prompt_file}/sound`);
  if (!response.ok) {
    throw await problem(response);
  }
  const before = sound;
  sound = URL.createObjectURL(await response.blob());
  $('prompt-player').src = sound;
  $('prompt-player').hidden = false;
  $('prompt-player').setAttribute('aria-label', TEXTS.listenTo(file.name));
  $('prompt-player').play().catch(() => {});
  if (before) {
    URL.revokeObjectURL(before);
  }
}

function buttonOf(text, label, work) {
  const button = element('button', text);
  button.type = 'button';
  button.setAttribute('aria-label', label);
  button.onclick = work;
  return button;
}

function rowOf(file, remove, failed) {
  const row = element('tr');
  row.append(...[file.name, TEXTS.seconds(file.duration_ms), TEXTS.rate(file.rate), file.prompts.join(', ') || TEXTS.nothing,
    file.campaigns.join(', ') || TEXTS.nothing, date.format(new Date(file.uploaded_at))].map(text => element('td', text)));
  const actions = element('td');
  const away = buttonOf(TEXTS.remove, TEXTS.removeName(file.name), () => remove(file));
  away.dataset.needs = 'operator';
  allow(away);
  const users = [...file.prompts, ...file.campaigns];
  if (users.length) {
    away.disabled = true;
    away.title = TEXTS.usedBy(users.join(', '));
  }
  actions.append(buttonOf(TEXTS.listen, TEXTS.listenTo(file.name), () => play(file).catch(failed)), ' ', away);
  row.append(actions);
  return row;
}

/** Makes a prompt of an uploaded file, or lets the prompt of that name play it. */
async function promptOf(file, name, replace) {
  const same = (await all('prompts', 'prompts')).filter(one => one.name === name);
  if (same.length > (replace ? 1 : 0)) {
    throw new Error(replace ? TEXTS.several(name) : TEXTS.taken(name));
  }
  const fields = {name, file: file.file};
  return same.length ? send('PATCH', `prompts/${same[0].i_ivr_prompt}`, {...fields, pieces: []}) : send('POST', 'prompts', fields);
}

async function upload(tell) {
  const file = $('prompt-file').files[0];
  const name = $('prompt-name').value.trim() || file.name.replace(/\.wav$/i, '');
  $('prompt-report').textContent = TEXTS.uploading(file.name);
  try {
    const response = await ask(`prompt-files?${new URLSearchParams({name: file.name})}`,
        {method: 'POST', headers: {'Content-Type': 'audio/wav'}, body: file});
    if (!response.ok) {
      throw await problem(response);
    }
    const uploaded = await response.json();
    await promptOf(uploaded, name, $('prompt-replace').checked);
    $('prompt-upload').reset();
    $('prompt-report').textContent = TEXTS.uploaded(name, uploaded);
    tell(TEXTS.uploaded(name, uploaded));
  } catch (error) {
    $('prompt-report').textContent = '';
    throw error;
  }
}

/** Shows the uploaded files. */
export let showPrompts;

/**
 * @param failed is told what went wrong
 * @param sure   asks before something that cannot be taken back
 * @param tell   is told what has been done
 */
export function listenPrompts(failed, sure, tell) {
  const remove = async file => {
    if (await sure(TEXTS.sure(file.name), TEXTS.gone, TEXTS.remove)) {
      json(`prompt-files/${file.i_prompt_file}`, {method: 'DELETE'})
          .then(() => tell(TEXTS.removed(file.name))).then(showPrompts).catch(failed);
    }
  };
  showPrompts = async () => {
    const files = await all('prompt-files', 'prompt_files');
    $('prompt-files').replaceChildren(...files.map(file => rowOf(file, remove, failed)));
    $('no-prompt-files').hidden = files.length > 0;
  };
  $('prompt-upload').onsubmit = async event => {
    event.preventDefault();
    const button = $('prompt-upload').querySelector('[type=submit]');
    if (button.ariaBusy === 'true') {
      return;
    }
    button.ariaBusy = 'true';
    try {
      await upload(tell);
    } catch (error) {
      failed(error);
    }
    // An upload that made no prompt is in the list, too.
    await showPrompts().catch(failed);
    button.ariaBusy = null;
  };
}
