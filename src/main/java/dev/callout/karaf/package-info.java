/** Callout as an OSGi bundle in Apache Karaf with Camel Karaf: the only package that knows OSGi. */
package dev.callout.karaf;
