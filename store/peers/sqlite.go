package main

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	_ "modernc.org/sqlite"

	"schalter/domain/date"
)

// sqlite is a table of rows and an FTS5 table of folded names with prefixes.
type sqlite struct{ db *sql.DB }

// newSQLite reads the same file into a new database.
func newSQLite(ctx context.Context, path, file string, today date.Date) (*sqlite, cost, error) {
	db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, cost{}, err
	}
	db.SetMaxOpenConns(1)
	s := &sqlite{db}
	took, err := spent(func() error { return s.fill(ctx, file, today) })
	return s, took, err
}

func (s *sqlite) fill(ctx context.Context, file string, today date.Date) error {
	_, err := s.db.ExecContext(ctx, `
		CREATE TABLE member (id INTEGER PRIMARY KEY, kvnr TEXT, surname TEXT, given TEXT, birth INTEGER, postcode TEXT, street TEXT, city TEXT, card TEXT);
		CREATE VIRTUAL TABLE names USING fts5(words, content='', prefix='2 3 4 5');`)
	if err != nil {
		return err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	id := 0
	for row, err := range rowsOf(file, today) {
		if err != nil {
			return err
		}
		m, p := row.Member, personOf(row.Member)
		id++
		if _, err := tx.ExecContext(ctx, `INSERT INTO member VALUES (?,?,?,?,?,?,?,?,?)`,
			id, string(m.KVNR), p.surname, p.given, int(p.birth), p.postcode, m.Address.Street, m.Address.City, p.card); err != nil {
			return err
		}
		words := p.surname + " " + p.given + " " + folded(m.Name.BirthName)
		if _, err := tx.ExecContext(ctx, `INSERT INTO names(rowid, words) VALUES (?,?)`, id, words); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `CREATE UNIQUE INDEX by_kvnr ON member(kvnr); CREATE INDEX by_birth ON member(birth)`)
	return errors.Join(err, tx.Commit())
}

// search reads the first rows in the order of names.
func (s *sqlite) search(ctx context.Context, q asked) error {
	text, args := `SELECT id FROM member WHERE birth = ?`, []any{int(q.birth)}
	if len(q.prefixes) > 0 {
		text = `SELECT m.id FROM names n JOIN member m ON m.id = n.rowid WHERE n.words MATCH ?`
		args = []any{strings.Join(q.prefixes, "* ") + "*"}
		if q.birth != 0 {
			text += ` AND m.birth = ?`
			args = append(args, int(q.birth))
		}
		text += ` ORDER BY m.surname, m.given`
	}
	rows, err := s.db.QueryContext(ctx, text+` LIMIT 50`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (s *sqlite) close() { _ = s.db.Close() }
