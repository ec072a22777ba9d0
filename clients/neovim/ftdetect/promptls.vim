autocmd BufRead,BufNewFile *.prompt set filetype=promptls
autocmd BufRead,BufNewFile *.prompty set filetype=prompty
autocmd BufRead,BufNewFile *.prompt.yml,*.prompt.yaml set filetype=promptls-github
autocmd BufRead,BufNewFile *.prompt.md,*.instructions.md,*.agent.md,*.chatmode.md,copilot-instructions.md,SKILL.md set filetype=promptls-markdown
autocmd BufRead,BufNewFile *.prompt.txt set filetype=promptls-text
autocmd BufRead,BufNewFile *.jsonl set filetype=jsonl
autocmd BufRead,BufNewFile *.poml set filetype=poml
