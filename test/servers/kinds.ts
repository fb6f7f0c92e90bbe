import type {Kind, KindName} from './address.ts';
import {mssql} from './mssql.ts';
import {mariadb, mysql} from './mysql.ts';
import {postgres} from './postgres.ts';

export const kinds: Readonly<Record<KindName, Kind>> = {postgres, mariadb, mysql, mssql};
