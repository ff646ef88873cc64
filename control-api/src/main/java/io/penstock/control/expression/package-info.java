/**
 * SQL expressions to typed trees ({@link io.penstock.spec.expression}): syntax by Calcite, then
 * names, types and literals by a dialect's catalogue of functions. Begin at {@link
 * io.penstock.control.expression.ExpressionParser}.
 */
package io.penstock.control.expression;
