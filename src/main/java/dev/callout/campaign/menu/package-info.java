/** Menus: what callees are asked after a prompt, and what a key that they press does. */
package dev.callout.campaign.menu;
