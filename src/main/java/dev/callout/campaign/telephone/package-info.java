/**
 * Telephones: how a text becomes one, and what of it is dialled. Pure functions over the metadata of libphonenumber,
 * which is the only thing needed beside the JDK.
 */
package dev.callout.campaign.telephone;
