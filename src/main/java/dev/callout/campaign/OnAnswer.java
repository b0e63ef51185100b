package dev.callout.campaign;

import dev.callout.campaign.prompt.Prompt;

/**
 * What callees hear when they answer.
 *
 * @param prompt      what {@code i_ivr_prompt} names; null: no prompt
 * @param application {@code action_on_answer}: {@code app(arguments)}; null: none
 * @param transferTo  {@code transfer_on_answer}: an extension; null: none
 * @param context     dialplan context for {@code transferTo}; null: default
 * @param dialplan    {@code dialplan_type}; null: XML
 */
public record OnAnswer(Prompt prompt, String application, String transferTo, String context, String dialplan) {}
