BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE article (
	id TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	byline TEXT, 
	outlet TEXT, 
	published TEXT, 
	url TEXT, 
	language TEXT, 
	state TEXT NOT NULL, 
	segments TEXT NOT NULL, 
	import_notes TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	CONSTRAINT pk_article PRIMARY KEY (id)
);
INSERT INTO "article" VALUES('b4cab365-86e5-4b79-9255-1315a30d7de8',1,'Headline 📰 “x”','By A. B.','The Moscow Times','2018-03','https://example.org/a?b=c&d=ü','en','in_progress','[{"end":5,"kind":"headline","start":0},{"end":77,"kind":"body","start":5}]','["Changed 1 line end.","Second note"]',0,'2026-01-01T00:00:00.000Z','2026-01-02T00:00:00.000Z');
CREATE TABLE attribution (
	claim_id TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	speaker_id TEXT, 
	mention_spans TEXT NOT NULL, 
	cue_spans TEXT NOT NULL, 
	referring TEXT, 
	medium TEXT, 
	addressee_id TEXT, 
	date TEXT, 
	CONSTRAINT pk_attribution PRIMARY KEY (claim_id, ordinal), 
	CONSTRAINT fk_attribution_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_attribution_speaker_id_speaker FOREIGN KEY(speaker_id) REFERENCES speaker (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_attribution_addressee_id_speaker FOREIGN KEY(addressee_id) REFERENCES speaker (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "attribution" VALUES('17c115c1-e5ad-421b-9db3-aa9453d2202c',0,'4422e681-10a0-4e5d-b264-72b4b7411056','[[0,6,"Moscow",""," 😀 said 𠀀𪛖 “no”.\nТак é العربية "]]','[[9,13,"said","Moscow 😀 "," 𠀀𪛖 “no”.\nТак é العربية end of\t"]]','explicit','print','c112ef78-9b77-4b4e-b058-4566dfefa7da','2018-03');
INSERT INTO "attribution" VALUES('17c115c1-e5ad-421b-9db3-aa9453d2202c',1,NULL,'[]','[]','implicit',NULL,NULL,NULL);
INSERT INTO "attribution" VALUES('17c115c1-e5ad-421b-9db3-aa9453d2202c',2,'c112ef78-9b77-4b4e-b058-4566dfefa7da','[[0,2,"Mo","","scow 😀 said 𠀀𪛖 “no”.\nТак é العر"],[3,4,"c","Mos","ow 😀 said 𠀀𪛖 “no”.\nТак é العربي"]]','[]','anaphoric',NULL,NULL,NULL);
CREATE TABLE change (
	changeset_seq INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	entity_id TEXT NOT NULL, 
	article_id TEXT, 
	"before" TEXT, 
	"after" TEXT, 
	CONSTRAINT pk_change PRIMARY KEY (changeset_seq, ordinal), 
	CONSTRAINT fk_change_changeset_seq_changeset FOREIGN KEY(changeset_seq) REFERENCES changeset (seq) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "change" VALUES(1,0,'correction','64f2d82b-764c-495a-92c7-29aba3c45316','b4cab365-86e5-4b79-9255-1315a30d7de8',NULL,'{"annotator":"bob","article_id":"b4cab365-86e5-4b79-9255-1315a30d7de8","cause":null,"certainty":null,"claim_id":"17c115c1-e5ad-421b-9db3-aa9453d2202c","created":"","evidence":[{"date":"2019-01-01","kind":"published_correction","note":"see p. 3","url":"https://e.org"},{"date":null,"kind":"evidence","note":"","url":null}],"guideline":"1","id":"64f2d82b-764c-495a-92c7-29aba3c45316","kind":"factual","note":"","origin":"manual","replacement":null,"spans":[],"status":"draft","updated":"","verdict":"refuted"}');
INSERT INTO "change" VALUES(1,1,'correction','1fc7368a-3fe1-4a76-a701-d74e75374ee5','b4cab365-86e5-4b79-9255-1315a30d7de8',NULL,'{"annotator":"bob","article_id":"b4cab365-86e5-4b79-9255-1315a30d7de8","cause":"ocr","certainty":null,"claim_id":null,"created":"","evidence":[],"guideline":"1","id":"1fc7368a-3fe1-4a76-a701-d74e75374ee5","kind":"transcription","note":"","origin":"manual","replacement":"😀","spans":[[3,3,"","Mos","cow 😀 said 𠀀𪛖 “no”.\nТак é العرب"]],"status":"draft","updated":"","verdict":null}');
INSERT INTO "change" VALUES(1,2,'claim','17c115c1-e5ad-421b-9db3-aa9453d2202c','b4cab365-86e5-4b79-9255-1315a30d7de8',NULL,'{"annotator":"anna","article_id":"b4cab365-86e5-4b79-9255-1315a30d7de8","certainty":null,"chain":[{"addressee_id":"c112ef78-9b77-4b4e-b058-4566dfefa7da","cue_spans":[[9,13,"said","Moscow 😀 "," 𠀀𪛖 “no”.\nТак é العربية end of\t"]],"date":"2018-03","medium":"print","mention_spans":[[0,6,"Moscow",""," 😀 said 𠀀𪛖 “no”.\nТак é العربية "]],"referring":"explicit","speaker_id":"4422e681-10a0-4e5d-b264-72b4b7411056"},{"addressee_id":null,"cue_spans":[],"date":null,"medium":null,"mention_spans":[],"referring":"implicit","speaker_id":null},{"addressee_id":null,"cue_spans":[],"date":null,"medium":null,"mention_spans":[[0,2,"Mo","","scow 😀 said 𠀀𪛖 “no”.\nТак é العر"],[3,4,"c","Mos","ow 😀 said 𠀀𪛖 “no”.\nТак é العربي"]],"referring":"anaphoric","speaker_id":"c112ef78-9b77-4b4e-b058-4566dfefa7da"}],"check_worthy":"partly","created":"","form":"direct","guideline":"1","id":"17c115c1-e5ad-421b-9db3-aa9453d2202c","note":"c","origin":"manual","parent_id":"e2a12ca6-3e52-48c0-b22d-7cea9be0c6ca","spans":[[7,9,"😀 ","Moscow ","said 𠀀𪛖 “no”.\nТак é العربية end"],[12,16,"d 𠀀𪛖","Moscow 😀 sai"," “no”.\nТак é العربية end of\ttex"]],"stance":"denies","status":"draft","tags":["a","b 😀"],"text":"It is so.","type":"quote","unsure":true,"updated":""}');
INSERT INTO "change" VALUES(1,3,'claim','e2a12ca6-3e52-48c0-b22d-7cea9be0c6ca','b4cab365-86e5-4b79-9255-1315a30d7de8',NULL,'{"annotator":"anna","article_id":"b4cab365-86e5-4b79-9255-1315a30d7de8","certainty":null,"chain":[],"check_worthy":null,"created":"","form":null,"guideline":"1","id":"e2a12ca6-3e52-48c0-b22d-7cea9be0c6ca","note":"","origin":"manual","parent_id":null,"spans":[[0,14,"Moscow 😀 said ","","𠀀𪛖 “no”.\nТак é العربية end of\tt"]],"stance":null,"status":"draft","tags":[],"text":null,"type":null,"unsure":false,"updated":""}');
INSERT INTO "change" VALUES(1,4,'mention','dc99a914-d7e7-48a2-aaa1-9c2aae64398a','b4cab365-86e5-4b79-9255-1315a30d7de8',NULL,'{"annotator":"anna","article_id":"b4cab365-86e5-4b79-9255-1315a30d7de8","certainty":"low","created":"c","guideline":"2","id":"dc99a914-d7e7-48a2-aaa1-9c2aae64398a","kind":"nominal","note":"m","origin":"imported","spans":[[0,6,"Moscow",""," 😀 said 𠀀𪛖 “no”.\nТак é العربية "]],"speaker_id":"4422e681-10a0-4e5d-b264-72b4b7411056","status":"accepted","updated":"u"}');
INSERT INTO "change" VALUES(1,5,'speaker','c112ef78-9b77-4b4e-b058-4566dfefa7da',NULL,NULL,'{"affiliation":null,"aliases":[],"created":"","id":"c112ef78-9b77-4b4e-b058-4566dfefa7da","kind":"person","name":"äbel","note":"","roles":[],"updated":"","wikidata":null}');
INSERT INTO "change" VALUES(1,6,'speaker','4422e681-10a0-4e5d-b264-72b4b7411056',NULL,NULL,'{"affiliation":"Derk Sauer","aliases":["MT","«МТ»"],"created":"c","id":"4422e681-10a0-4e5d-b264-72b4b7411056","kind":"media","name":"The Moscow Times","note":"n","roles":[{"since":"1992","title":"owner","until":null},{"since":null,"title":"editor","until":"2017-05"}],"updated":"u","wikidata":"Q1"}');
INSERT INTO "change" VALUES(1,7,'source_text','b4cab365-86e5-4b79-9255-1315a30d7de8','b4cab365-86e5-4b79-9255-1315a30d7de8',NULL,'{"bytes_sha256":"abababababababababababababababababababababababababababababababab","encoding":"windows-1252","file_name":"artiklé.txt","id":"b4cab365-86e5-4b79-9255-1315a30d7de8","text":"Moscow 😀 said 𠀀𪛖 “no”.\nТак é العربية end of\ttext.\n\n''\"`; DROP TABLE claim;--\n","text_sha256":"7c64a031bb7eadd9fdb7f450590b14e1fa182e721a2b399290770f2830e1f61e"}');
INSERT INTO "change" VALUES(1,8,'article','b4cab365-86e5-4b79-9255-1315a30d7de8','b4cab365-86e5-4b79-9255-1315a30d7de8',NULL,'{"byline":"By A. B.","created":"2026-01-01T00:00:00.000Z","id":"b4cab365-86e5-4b79-9255-1315a30d7de8","import_notes":["Changed 1 line end.","Second note"],"language":"en","outlet":"The Moscow Times","position":0,"published":"2018-03","segments":[{"end":5,"kind":"headline","start":0},{"end":77,"kind":"body","start":5}],"state":"in_progress","title":"Headline 📰 “x”","updated":"2026-01-02T00:00:00.000Z","url":"https://example.org/a?b=c&d=ü"}');
CREATE TABLE changeset (
	seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	action TEXT NOT NULL, 
	target_id TEXT, 
	actor TEXT NOT NULL, 
	time TEXT NOT NULL, 
	prev_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_changeset PRIMARY KEY (seq), 
	CONSTRAINT uq_changeset_id UNIQUE (id)
);
INSERT INTO "changeset" VALUES(1,'b6d11ce8-2c47-450b-bff8-10018dde0d05','Import','edit',NULL,'anna','2026-11-29T23:55:57.093Z','0000000000000000000000000000000000000000000000000000000000000000','183dd01ae1d8275c66a68b56051a25489ba38ec2ee39ed781fabf866627dabc1');
CREATE TABLE claim (
	id TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	article_id TEXT NOT NULL, 
	annotator TEXT NOT NULL, 
	spans TEXT NOT NULL, 
	guideline TEXT NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	status TEXT NOT NULL, 
	certainty TEXT, 
	note TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	text TEXT, 
	form TEXT, 
	type TEXT, 
	check_worthy TEXT, 
	stance TEXT, 
	unsure BOOLEAN NOT NULL, 
	parent_id TEXT, 
	tags TEXT NOT NULL, 
	CONSTRAINT pk_claim PRIMARY KEY (id), 
	CONSTRAINT fk_claim_article_id_article FOREIGN KEY(article_id) REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_claim_parent_id_claim FOREIGN KEY(parent_id) REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "claim" VALUES('17c115c1-e5ad-421b-9db3-aa9453d2202c',1,'b4cab365-86e5-4b79-9255-1315a30d7de8','anna','[[7,9,"😀 ","Moscow ","said 𠀀𪛖 “no”.\nТак é العربية end"],[12,16,"d 𠀀𪛖","Moscow 😀 sai"," “no”.\nТак é العربية end of\ttex"]]','1','','','draft',NULL,'c','manual','It is so.','direct','quote','partly','denies',1,'e2a12ca6-3e52-48c0-b22d-7cea9be0c6ca','["a","b 😀"]');
INSERT INTO "claim" VALUES('e2a12ca6-3e52-48c0-b22d-7cea9be0c6ca',1,'b4cab365-86e5-4b79-9255-1315a30d7de8','anna','[[0,14,"Moscow 😀 said ","","𠀀𪛖 “no”.\nТак é العربية end of\tt"]]','1','','','draft',NULL,'','manual',NULL,NULL,NULL,NULL,NULL,0,NULL,'[]');
CREATE TABLE correction (
	id TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	article_id TEXT NOT NULL, 
	annotator TEXT NOT NULL, 
	spans TEXT NOT NULL, 
	guideline TEXT NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	status TEXT NOT NULL, 
	certainty TEXT, 
	note TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	replacement TEXT, 
	cause TEXT, 
	claim_id TEXT, 
	verdict TEXT, 
	evidence TEXT NOT NULL, 
	CONSTRAINT pk_correction PRIMARY KEY (id), 
	CONSTRAINT fk_correction_article_id_article FOREIGN KEY(article_id) REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_correction_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "correction" VALUES('64f2d82b-764c-495a-92c7-29aba3c45316',1,'b4cab365-86e5-4b79-9255-1315a30d7de8','bob','[]','1','','','draft',NULL,'','manual','factual',NULL,NULL,'17c115c1-e5ad-421b-9db3-aa9453d2202c','refuted','[{"date":"2019-01-01","kind":"published_correction","note":"see p. 3","url":"https://e.org"},{"date":null,"kind":"evidence","note":"","url":null}]');
INSERT INTO "correction" VALUES('1fc7368a-3fe1-4a76-a701-d74e75374ee5',1,'b4cab365-86e5-4b79-9255-1315a30d7de8','bob','[[3,3,"","Mos","cow 😀 said 𠀀𪛖 “no”.\nТак é العرب"]]','1','','','draft',NULL,'','manual','transcription','😀','ocr',NULL,NULL,'[]');
CREATE TABLE mention (
	id TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	article_id TEXT NOT NULL, 
	annotator TEXT NOT NULL, 
	spans TEXT NOT NULL, 
	guideline TEXT NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	status TEXT NOT NULL, 
	certainty TEXT, 
	note TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	speaker_id TEXT, 
	kind TEXT NOT NULL, 
	CONSTRAINT pk_mention PRIMARY KEY (id), 
	CONSTRAINT fk_mention_article_id_article FOREIGN KEY(article_id) REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_mention_speaker_id_speaker FOREIGN KEY(speaker_id) REFERENCES speaker (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "mention" VALUES('dc99a914-d7e7-48a2-aaa1-9c2aae64398a',1,'b4cab365-86e5-4b79-9255-1315a30d7de8','anna','[[0,6,"Moscow",""," 😀 said 𠀀𪛖 “no”.\nТак é العربية "]]','2','c','u','accepted','low','m','imported','4422e681-10a0-4e5d-b264-72b4b7411056','nominal');
CREATE TABLE project (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_project PRIMARY KEY ("key")
);
INSERT INTO "project" VALUES('id','b793f72d-8072-496d-95f0-efab0a7dfa7a');
INSERT INTO "project" VALUES('created','2026-11-29T23:55:57.087Z');
INSERT INTO "project" VALUES('created_by','Article Annotator, schema 0003');
CREATE TABLE quarantined (
	id TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	article_id TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	label TEXT NOT NULL, 
	exact TEXT NOT NULL, 
	data TEXT NOT NULL, 
	place TEXT NOT NULL, 
	created TEXT NOT NULL, 
	CONSTRAINT pk_quarantined PRIMARY KEY (id), 
	CONSTRAINT fk_quarantined_article_id_article FOREIGN KEY(article_id) REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE scheme (
	id TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	version TEXT NOT NULL, 
	terms TEXT NOT NULL, 
	guideline TEXT NOT NULL, 
	checks TEXT NOT NULL, 
	hidden TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	CONSTRAINT pk_scheme PRIMARY KEY (id)
);
CREATE TABLE source_text (
	id TEXT NOT NULL, 
	text TEXT NOT NULL, 
	text_sha256 TEXT NOT NULL, 
	bytes_sha256 TEXT, 
	file_name TEXT, 
	encoding TEXT, 
	CONSTRAINT pk_source_text PRIMARY KEY (id), 
	CONSTRAINT fk_source_text_id_article FOREIGN KEY(id) REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "source_text" VALUES('b4cab365-86e5-4b79-9255-1315a30d7de8','Moscow 😀 said 𠀀𪛖 “no”.
Так é العربية end of	text.

''"`; DROP TABLE claim;--
','7c64a031bb7eadd9fdb7f450590b14e1fa182e721a2b399290770f2830e1f61e','abababababababababababababababababababababababababababababababab','artiklé.txt','windows-1252');
CREATE TABLE speaker (
	id TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	aliases TEXT NOT NULL, 
	roles TEXT NOT NULL, 
	affiliation TEXT, 
	wikidata TEXT, 
	note TEXT NOT NULL, 
	created TEXT NOT NULL, 
	updated TEXT NOT NULL, 
	CONSTRAINT pk_speaker PRIMARY KEY (id)
);
INSERT INTO "speaker" VALUES('c112ef78-9b77-4b4e-b058-4566dfefa7da',1,'äbel','person','[]','[]',NULL,NULL,'','','');
INSERT INTO "speaker" VALUES('4422e681-10a0-4e5d-b264-72b4b7411056',1,'The Moscow Times','media','["MT","«МТ»"]','[{"since":"1992","title":"owner","until":null},{"since":null,"title":"editor","until":"2017-05"}]','Derk Sauer','Q1','n','c','u');
CREATE TABLE work_time (
	article_id TEXT NOT NULL, 
	annotator TEXT NOT NULL, 
	day TEXT NOT NULL, 
	seconds INTEGER NOT NULL, 
	CONSTRAINT pk_work_time PRIMARY KEY (article_id, annotator, day)
);
CREATE INDEX ix_source_text_text_sha256 ON source_text (text_sha256);
CREATE INDEX ix_mention_speaker_id ON mention (speaker_id);
CREATE INDEX ix_mention_article_id ON mention (article_id);
CREATE INDEX ix_claim_parent_id ON claim (parent_id);
CREATE INDEX ix_claim_article_id ON claim (article_id);
CREATE INDEX ix_quarantined_article_id ON quarantined (article_id);
CREATE INDEX ix_change_entity_id ON change (entity_id);
CREATE INDEX ix_change_article_id ON change (article_id);
CREATE INDEX ix_attribution_addressee_id ON attribution (addressee_id);
CREATE INDEX ix_attribution_speaker_id ON attribution (speaker_id);
CREATE INDEX ix_correction_article_id ON correction (article_id);
CREATE INDEX ix_correction_claim_id ON correction (claim_id);
CREATE TRIGGER changeset_no_update BEFORE UPDATE ON changeset BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END;
CREATE TRIGGER changeset_no_delete BEFORE DELETE ON changeset BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END;
CREATE TRIGGER change_no_update BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END;
CREATE TRIGGER change_no_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END;
COMMIT;
