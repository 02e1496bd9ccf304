package words

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestComplete walks every field of every language: a text that was forgotten
// is empty, a function that was forgotten is nil.
func TestComplete(t *testing.T) {
	for _, l := range AllLanguages() {
		n := walk(t, l.String(), reflect.ValueOf(*For(l)))
		if n < 200 {
			t.Errorf("%v: walked %d texts only; the walk misses something", l, n)
		}
	}
}

// walk reports empty texts below v and returns how many texts there are.
func walk(t *testing.T, path string, v reflect.Value) int {
	t.Helper()
	n := 0
	switch v.Kind() {
	case reflect.String:
		if strings.TrimSpace(v.String()) == "" {
			t.Errorf("%s is empty", path)
		}
		return 1
	case reflect.Func:
		if v.IsNil() {
			t.Errorf("%s is nil", path)
		}
		return 1
	case reflect.Struct:
		for i := range v.NumField() {
			n += walk(t, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Array, reflect.Slice:
		if v.Len() == 0 {
			t.Errorf("%s has no entries", path)
		}
		for i := range v.Len() {
			n += walk(t, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Map:
		if v.Len() == 0 {
			t.Errorf("%s has no entries", path)
		}
		for _, k := range v.MapKeys() {
			n += walk(t, fmt.Sprintf("%s[%v]", path, k), v.MapIndex(k))
		}
	case reflect.Uint8: // Texts.Language
	default:
		t.Errorf("%s is a %v; texts are strings, functions, and structs, lists and maps of them", path, v.Kind())
	}
	return n
}

// TestSameShape: lists and maps have the same keys in both languages.
func TestSameShape(t *testing.T) {
	compareShape(t, "Texts", reflect.ValueOf(*For(German)), reflect.ValueOf(*For(English)))
}

func compareShape(t *testing.T, path string, a, b reflect.Value) {
	t.Helper()
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			compareShape(t, path+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))
		}
	case reflect.Slice:
		if a.Len() != b.Len() {
			t.Errorf("%s: %d entries in German, %d in English", path, a.Len(), b.Len())
		}
	case reflect.Map:
		if a.Len() != b.Len() {
			t.Errorf("%s: %d entries in German, %d in English", path, a.Len(), b.Len())
		}
		for _, k := range a.MapKeys() {
			if !b.MapIndex(k).IsValid() {
				t.Errorf("%s[%v] is missing in English", path, k)
			}
		}
	}
}

func TestKeyLabelsFit(t *testing.T) {
	for _, l := range AllLanguages() {
		v := reflect.ValueOf(For(l).Keys)
		for i := range v.NumField() {
			k, name := v.Field(i).Interface().(Key), v.Type().Field(i).Name
			if w := ansi.StringWidth(k.Label); w > MaxLabel {
				t.Errorf("%v: label of %s is %d cells wide, the column holds %d", l, name, w, MaxLabel)
			}
			if !strings.HasSuffix(k.Help, ".") {
				t.Errorf("%v: the help of %s is no sentence: %q", l, name, k.Help)
			}
		}
	}
}
