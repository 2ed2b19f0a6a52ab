"""The live schema as text, one block of SQL an object, and the differences between two such texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEADER: Final = (
    "-- The schema after the newest revision. Made by `python -m tools.migrate snapshot`; not run by anything.\n"
)

# A month's partition comes and goes with the calendar and takes its columns, indexes and triggers from its parent.
_MONTHLY: Final = r"(c.relispartition AND c.relname ~ '_\d{4}_\d{2}$')"
_OURS: Final = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"

_ROLES = """
SELECT 'role ' || rolname,
       format('ALTER ROLE %I %s %s %s %s;', rolname, CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END,
              CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
              CASE WHEN rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END,
              CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END)
  FROM pg_roles
 WHERE rolname IN ('cvd_app', 'cvd_reporting')
UNION ALL
SELECT format('membership of %s in %s', member.rolname, granted.rolname),
       format('GRANT %I TO %I WITH INHERIT %s, SET %s;', granted.rolname, member.rolname,
              m.inherit_option, m.set_option)
  FROM pg_auth_members m
  JOIN pg_roles granted ON granted.oid = m.roleid
  JOIN pg_roles member ON member.oid = m.member
 WHERE member.rolname IN ('cvd_app', 'cvd_reporting') AND granted.rolname <> 'rds_iam'
 ORDER BY 1
"""

_SCHEMAS = f"""
SELECT 'schema ' || n.nspname, format('ALTER SCHEMA %I OWNER TO %I;', n.nspname, pg_get_userbyid(n.nspowner))
  FROM pg_namespace n
 WHERE {_OURS}
UNION ALL
SELECT format('grant on schema %s to %s', n.nspname, g.grantee),
       format('GRANT %s ON SCHEMA %I TO %s;', string_agg(g.privilege, ', ' ORDER BY g.privilege), n.nspname, g.grantee)
  FROM pg_namespace n
 CROSS JOIN LATERAL (
       SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END AS grantee,
              a.privilege_type AS privilege
         FROM aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
        WHERE a.grantee <> n.nspowner) g
 WHERE {_OURS}
 GROUP BY n.nspname, g.grantee
 ORDER BY 1
"""  # noqa: S608 - the text holds constants of this module only.

_FUNCTIONS = f"""
SELECT 'function ' || p.oid::regprocedure,
       pg_get_functiondef(p.oid) || ';' || E'\\n'
       || format('ALTER FUNCTION %s OWNER TO %I;', p.oid::regprocedure, pg_get_userbyid(p.proowner))
       || coalesce(E'\\n' || (
              SELECT string_agg(format('GRANT EXECUTE ON FUNCTION %s TO %s;', p.oid::regprocedure,
                                       CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END),
                                E'\\n' ORDER BY a.grantee)
                FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
               WHERE a.grantee <> p.proowner), '')
  FROM pg_proc p
  JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE {_OURS} AND p.prokind IN ('f', 'p')
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
 ORDER BY 1
"""  # noqa: S608

_TABLES = f"""
SELECT 'table ' || c.oid::regclass,
       CASE WHEN c.relispartition
            THEN format('CREATE TABLE %s PARTITION OF %s %s;', c.oid::regclass,
                        (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = c.oid),
                        pg_get_expr(c.relpartbound, c.oid))
            ELSE format('CREATE %sTABLE %s ()%s;', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END,
                        c.oid::regclass, coalesce(' PARTITION BY ' || pg_get_partkeydef(c.oid), '')) END
       || CASE WHEN c.relrowsecurity
               THEN E'\\n' || format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY;', c.oid::regclass) ELSE '' END
       || E'\\n' || format('ALTER TABLE %s OWNER TO %I;', c.oid::regclass, pg_get_userbyid(c.relowner))
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {_OURS} AND c.relkind IN ('r', 'p') AND NOT {_MONTHLY}
 ORDER BY 1
"""  # noqa: S608

_COLUMNS = f"""
SELECT format('column %s.%s', c.oid::regclass, a.attname),
       format('ALTER TABLE %s ADD COLUMN %I %s%s%s%s;', c.oid::regclass, a.attname,
              format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
              CASE WHEN a.attgenerated <> ''
                   THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(d.adbin, d.adrelid))
                   WHEN d.adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) ELSE '' END,
              CASE a.attidentity WHEN '' THEN '' ELSE format(' GENERATED %s AS IDENTITY (START WITH %s)',
                   CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, s.seqstart) END)
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  LEFT JOIN pg_depend owned ON owned.refobjid = c.oid AND owned.refobjsubid = a.attnum AND owned.deptype = 'i'
                           AND owned.classid = 'pg_class'::regclass AND a.attidentity <> ''
  LEFT JOIN pg_sequence s ON s.seqrelid = owned.objid
 WHERE {_OURS} AND c.relkind IN ('r', 'p') AND NOT c.relispartition
 ORDER BY c.oid::regclass::text, a.attnum
"""  # noqa: S608

# PostgreSQL 18 also lists NOT NULL here; the columns tell that already. A clone on a partition follows its parent.
_CONSTRAINTS = f"""
SELECT format('constraint %s on %s', k.conname, c.oid::regclass),
       format('ALTER TABLE %s ADD CONSTRAINT %I %s;', c.oid::regclass, k.conname, pg_get_constraintdef(k.oid))
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {_OURS} AND k.contype NOT IN ('n', 't') AND k.conparentid = 0 AND k.conislocal
 ORDER BY c.oid::regclass::text, 1
"""  # noqa: S608

_INDEXES = f"""
SELECT 'index ' || c.oid::regclass,
       pg_get_indexdef(c.oid) || ';' || CASE WHEN i.indisvalid THEN '' ELSE ' -- not valid' END
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
  JOIN pg_class t ON t.oid = i.indrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace
 WHERE {_OURS} AND t.relkind IN ('r', 'p')
   AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid)
   AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
 ORDER BY t.oid::regclass::text, 1
"""  # noqa: S608

_TRIGGERS = f"""
SELECT format('trigger %s on %s', g.tgname, c.oid::regclass),
       pg_get_triggerdef(g.oid) || ';'
       || CASE WHEN g.tgenabled = 'O' THEN ''
               ELSE E'\\n' || format('ALTER TABLE %s DISABLE TRIGGER %I;', c.oid::regclass, g.tgname) END
  FROM pg_trigger g
  JOIN pg_class c ON c.oid = g.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {_OURS} AND NOT g.tgisinternal AND (g.tgparentid = 0 OR g.tgenabled <> 'O')
 ORDER BY c.oid::regclass::text, 1
"""  # noqa: S608

_VIEWS = f"""
SELECT 'view ' || c.oid::regclass,
       format('CREATE VIEW %s AS%s%s', c.oid::regclass, E'\\n', pg_get_viewdef(c.oid))
       || E'\\n' || format('ALTER VIEW %s OWNER TO %I;', c.oid::regclass, pg_get_userbyid(c.relowner))
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE {_OURS} AND c.relkind IN ('v', 'm')
 ORDER BY 1
"""  # noqa: S608

_GRANTS = f"""
SELECT format('grant on %s to %s', c.oid::regclass, g.grantee),
       format('GRANT %s ON %s TO %s;', string_agg(g.privilege, ', ' ORDER BY g.privilege), c.oid::regclass, g.grantee)
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL (
       SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END AS grantee,
              a.privilege_type AS privilege
         FROM aclexplode(c.relacl) a
        WHERE a.grantee <> c.relowner
       UNION ALL
       SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END,
              format('%s (%I)', a.privilege_type, t.attname)
         FROM pg_attribute t, aclexplode(t.attacl) a
        WHERE t.attrelid = c.oid AND NOT t.attisdropped) g
 WHERE {_OURS} AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
 GROUP BY c.oid, g.grantee
 ORDER BY 1
"""  # noqa: S608

_QUERIES: Final = (
    _ROLES, _SCHEMAS, _FUNCTIONS, _TABLES, _COLUMNS, _CONSTRAINTS, _INDEXES, _TRIGGERS, _VIEWS, _GRANTS,
)  # fmt: skip
_MARK: Final = "-- "


def snapshot(connection: Connection) -> str:
    """The schema that `connection` sees, in an order that does not depend on how it came to be."""
    connection.exec_driver_sql("SET search_path = public")
    plain = connection.execution_options(no_parameters=True)
    blocks = [f"{_MARK}{name}\n{text}\n" for query in _QUERIES for name, text in plain.exec_driver_sql(query).all()]
    connection.commit()
    return "\n".join([HEADER, *blocks])


def differences(expected: str, found: str) -> list[str]:
    """Each object that is missing, unexpected or not as it should be; empty when the two texts say the same."""
    wanted, live = _blocks(expected), _blocks(found)
    missing = [f"missing: {name}" for name in wanted if name not in live]
    extra = [f"unexpected: {name}" for name in live if name not in wanted]
    changed = [
        f"different: {name}: expected {_one_line(wanted[name])} but found {_one_line(live[name])}"
        for name in wanted
        if name in live and wanted[name] != live[name]
    ]
    return missing + extra + changed


def _blocks(text: str) -> dict[str, str]:
    pieces = (piece.split("\n", 1) for piece in ("\n" + text).split(f"\n\n{_MARK}")[1:])
    return {name: body.strip() for name, body in pieces}


def _one_line(text: str) -> str:
    return " ".join(text.split())
