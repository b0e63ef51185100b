// The fields of a campaign's form, step by step. A field is a column of the campaign, and its texts are field.<name>, with
// field.<name>.example where `example` is set, and field.<name>.hint where `hint` is.
//
// most     how many characters it may have
// number   the keyboard for its number: numeric for whole ones, or decimal
// scale    the column holds so many of a smaller unit in each that people see
// choices  words of the column, besides that it is empty; their texts are field.<name>.<word>, and field.<name>.none
// from     the list of the API whose rows are the choices, and the column that holds their key

export const STEPS = {
  call: [
    {name: 'name', most: 128, required: true},
    {name: 'cli', most: 64, example: true, hint: true},
    {name: 'profile_gateway', most: 128, example: true},
    {name: 'gateway_group', most: 64},
    {name: 'caller_id_pool', most: 64},
    {name: 'country', most: 16, example: true},
  ],
  heard: [
    {name: 'i_ivr_prompt', from: ['prompts', 'i_ivr_prompt']},
    {name: 'i_menu', from: ['menus', 'i_menu']},
    {name: 'success_if', choices: ['key', 'human']},
    {name: 'action_on_answer', most: 255, example: true},
    {name: 'threshold_msec', number: 'decimal', scale: 1000, example: true},
    {name: 'amd', choices: ['cadence', 'amd']},
    {name: 'i_machine_prompt', from: ['prompts', 'i_ivr_prompt']},
    {name: 'machine_beep_wait_sec', number: 'numeric', example: true},
    {name: 'hand_over', most: 255, example: true},
    {name: 'hand_over_sec', number: 'numeric', example: true},
    {name: 'i_no_agent_prompt', from: ['prompts', 'i_ivr_prompt']},
    {name: 'record_percent', number: 'numeric', example: true},
    {name: 'i_record_prompt', from: ['prompts', 'i_ivr_prompt']},
  ],
  hours: [
    {name: 'i_schedule', from: ['schedules', 'i_schedule']},
    {name: 'timezone', most: 64, list: 'zones', example: true},
    {name: 'max_attempts', number: 'numeric', example: true},
    {name: 'backoff_sec', number: 'numeric', example: true},
    {name: 'timeout_sec', number: 'numeric', example: true},
    {name: 'duplicates', choices: ['each', 'once']},
    {name: 'do_not_call_lists', most: 255, example: true},
  ],
  limits: [
    {name: 'max_concurrent_calls', number: 'numeric', example: true},
    {name: 'time_between_calls', number: 'decimal', example: true},
    {name: 'weight', number: 'numeric', example: true},
    {name: 'guard_percent', number: 'numeric', example: true},
    {name: 'max_cost', number: 'decimal', example: true},
    {name: 'max_minutes', number: 'decimal', example: true},
  ],
};

export const FIELDS = Object.values(STEPS).flat();

/** The column that a sentence is about; null if it names none. */
export const columnIn = sentence => FIELDS.map(field => field.name).filter(name => /_|^cli$|^timezone$|^country$/.test(name))
    .find(name => new RegExp(`\\b${name}\\b`).test(sentence)) ?? null;

/** What is missing in these values before calls can be made or are as people expect: the field, and the key of a text. */
export function missingIn(values) {
  const has = name => values[name] !== null && values[name] !== undefined && values[name] !== '';
  return [
    !has('name') && ['name', 'missing.name'],
    !has('profile_gateway') && !has('gateway_group') && ['profile_gateway', 'missing.gateway'],
    !has('i_ivr_prompt') && !has('i_menu') && !has('action_on_answer') && !has('transfer_on_answer')
      && ['i_ivr_prompt', 'missing.heard'],
    !has('i_schedule') && ['i_schedule', 'missing.schedule'],
    has('i_schedule') && !has('timezone') && ['timezone', 'missing.timezone'],
  ].filter(Boolean);
}
