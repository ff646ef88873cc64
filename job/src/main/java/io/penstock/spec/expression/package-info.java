/**
 * Expressions over the columns of a record, as typed trees: what a parser made of some SQL, and all
 * that the job is told of it. Plain Java; the values that check themselves ({@link
 * io.penstock.spec.expression.CalendarPeriod} and others) are what a parser refuses literals by and
 * the job computes with.
 */
package io.penstock.spec.expression;
