" Front matter is YAML, the rest text with Handlebars in it.
if exists('b:current_syntax') | finish | endif
syntax include @promptlsYaml syntax/yaml.vim
unlet! b:current_syntax
syntax region promptlsFrontMatter matchgroup=PreProc start=/\%^---\s*$/ end=/^---\s*$/ contains=@promptlsYaml keepend
syntax region promptlsComment start=/{{\~\?!--/ end=/--\~\?}}/
syntax region promptlsTemplate matchgroup=Delimiter start=/{{\~\?/ end=/\~\?}}/ contains=promptlsString,promptlsKeyword,promptlsRole
syntax match promptlsKeyword /[#\/^>]\s*\h[[:alnum:]_.-]*\|\<else\>/ contained
syntax keyword promptlsRole role history section media json contained
syntax region promptlsString start=/"/ end=/"/ contained oneline
syntax match promptlsLabel /^\s*[[:alpha:]][[:alnum:] _-]\{0,24}:\ze\(\s\|$\)/
highlight default link promptlsComment Comment
highlight default link promptlsTemplate Identifier
highlight default link promptlsKeyword Statement
highlight default link promptlsRole Function
highlight default link promptlsString String
highlight default link promptlsLabel Label
let b:current_syntax = 'promptls'
