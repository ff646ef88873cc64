package io.penstock.spec.expression;

/**
 * What an {@link Expression.Call} computes. Names are written into specifications: added to, never
 * renamed. Unless said otherwise null among the arguments gives null.
 */
public enum ScalarFunction {
  /** Three-valued; the right side is looked at where the left one does not decide. */
  AND,
  OR,
  NOT,
  IS_NULL,
  IS_NOT_NULL,
  IS_TRUE,
  IS_NOT_TRUE,
  IS_FALSE,
  IS_NOT_FALSE,

  /** Both sides are of one type; so for all comparisons. */
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  IS_DISTINCT,
  IS_NOT_DISTINCT,
  /** A value, and constants of its type. */
  IN,
  /** Text, constant pattern, constant escape character. */
  LIKE,

  /** Condition, value, condition, value …, value otherwise. */
  CASE,
  /** What is lost in any argument but the last is no warning. */
  COALESCE,
  /** Nulls are ignored. */
  GREATEST,
  LEAST,

  /** To the call's type. */
  CAST,
  /** As CAST, but what is lost is no warning. */
  TRY_CAST,
  /** To BIGINT, but within 32 bits. */
  CAST_INTEGER,
  TRY_CAST_INTEGER,

  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  SAFE_DIVIDE,
  MOD,
  NEGATE,
  ABS,
  CEIL,
  FLOOR,
  ROUND,
  TRUNCATE,
  SQRT,
  EXP,
  LN,
  LOG10,
  POWER,
  SIN,
  COS,
  TAN,
  COT,
  ASIN,
  ACOS,
  ATAN,
  ATAN2,
  DEGREES,
  RADIANS,
  BITWISE_AND,
  BITWISE_OR,
  BITWISE_XOR,
  BITWISE_COMPLEMENT,
  BITWISE_SHIFT_LEFT,
  BITWISE_SHIFT_RIGHT,
  /** Text, radix. */
  PARSE_LONG,

  /** Text, pattern or null for ISO 8601, zone of what has no offset. */
  TIME_PARSE,
  TRY_TIME_PARSE,
  /** Time, period, constant origin or null, zone. */
  TIME_FLOOR,
  TIME_CEIL,
  /** Time, period, steps, zone. */
  TIME_SHIFT,
  /** Time, {@link TimePart}, zone. */
  TIME_EXTRACT,
  /** Time, pattern or null, zone. */
  TIME_FORMAT,
  /** Time, later time, period, zone: how many whole periods are between. */
  TIME_DIFF,

  CONCAT,
  /** In UTF-16 units, like all places and counts in text. */
  LENGTH,
  LOWER,
  UPPER,
  REVERSE,
  REPEAT,
  /** Text, start from 1, perhaps length. */
  SUBSTRING,
  LEFT,
  RIGHT,
  LPAD,
  RPAD,
  /** Text, perhaps the characters to take off. */
  BTRIM,
  LTRIM,
  RTRIM,
  /** Text, what is sought, perhaps where to begin. */
  STRPOS,
  REPLACE,
  /** The first argument, a constant, is a {@link TextFormat}; nulls are arguments. */
  STRING_FORMAT,
  CONTAINS_STRING,
  ICONTAINS_STRING,
  /** Text, constant {@link RegularExpression}; so for the other two. */
  REGEXP_LIKE,
  /** And perhaps a constant group. */
  REGEXP_EXTRACT,
  /** And a replacement. */
  REGEXP_REPLACE,
  DECODE_BASE64_UTF8,

  /** JSON, constant {@link ValuePath}: a scalar as the call's type; nothing lost is a warning. */
  JSON_VALUE,
  /** JSON, constant {@link ValuePath}. */
  JSON_QUERY,
  TO_JSON_STRING,
  PARSE_JSON,
  TRY_PARSE_JSON,
  /** JSON, constant {@link ValuePath}: the names of the object there. */
  JSON_KEYS,
  /** The paths of all scalars. */
  JSON_PATHS,
  /** Name, value, name, value …; values may be null. */
  JSON_OBJECT,

  /** Of text or a number. */
  IPV4_PARSE,
  IPV4_STRINGIFY,
  /** Address, constant block; false for null. */
  IPV4_MATCH,
  IPV6_MATCH,

  /** Its elements, which may be null. */
  ARRAY,
  STRING_TO_ARRAY,
  ARRAY_TO_STRING,
  ARRAY_LENGTH,
  /** From 0. */
  ARRAY_OFFSET,
  /** From 1. */
  ARRAY_ORDINAL,
  /** Array, and an element or an array of which all must be there. */
  ARRAY_CONTAINS,
  ARRAY_OVERLAP,
  ARRAY_CONCAT,
  /** Array, element. */
  ARRAY_APPEND,
  /** Element, array. */
  ARRAY_PREPEND,
  /** Array, from, perhaps to. */
  ARRAY_SLICE
}
