/** Callout as an OSGi bundle in Apache Karaf with Camel Karaf. This is the only package that uses OSGi. */
package dev.callout.karaf;
